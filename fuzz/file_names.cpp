// SPDX-License-Identifier: Apache-2.0
// Any bytes as the name of a file: a name that is harmless, and stays as it is when it comes again.
#include "base/assert.hpp"
#include "base/file_limits.hpp"
#include "base/text.hpp"
#include "files/name.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const media::kind is : {media::kind::other, media::kind::jpeg, media::kind::png}) {
        const std::string name = files::harmless_name(text, is);
        ASSERT(!name.empty() && name.size() <= base::limits::file_name_size_max);
        ASSERT(base::valid_utf8(name) && name.front() != '.');
        ASSERT(name.find_first_of("/\\\r\n\"<>|:*?") == std::string::npos);
        ASSERT(text.size() > 100 || files::harmless_name(name, is) == name);
    }
    return 0;
}
