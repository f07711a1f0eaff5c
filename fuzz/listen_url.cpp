// SPDX-License-Identifier: Apache-2.0
// A listener as the operator writes it: what is taken reads the same in its one form; what is
// refused is refused with a sentence.
#include "server/listen_url.hpp"

#include "base/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto url = server::parse_listen_url(text);
    if (!url) {
        ASSERT(url.error().sentence.ends_with('.'));
        return 0;
    }
    ASSERT(!text.contains('\0')); // the system's calls would read up to it
    ASSERT(server::encrypted(*url) ==
           (url->scheme == "ircs" || url->scheme == "https" || url->scheme == "wss"));
    const std::string written = server::to_string(*url);
    ASSERT(server::parse_listen_url(written) == *url);
    ASSERT(server::to_string(*url) == written);
    return 0;
}
