// SPDX-License-Identifier: Apache-2.0
// Any bytes as a nickname, a room's name, a mask: what is accepted is found again by its key, and
// reads the same when it comes again.
#include "base/assert.hpp"
#include "base/glob.hpp"
#include "base/text.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

namespace {

template <class Maker>
void check_name(Maker make, std::string_view typed) {
    const auto made = make(typed);
    if (!made) {
        return;
    }
    ASSERT(base::valid_utf8(made->display) && base::valid_utf8(made->key));
    ASSERT(base::fold(typed) == made->key);
    const auto again = make(made->display);
    ASSERT(again.has_value());
    ASSERT(again->display == made->display && again->key == made->key);
    ASSERT(again->skeleton == made->skeleton && again->latin == made->latin);
    ASSERT(base::glob_match(base::fold_mask("*"), made->key));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_name(base::make_nickname, bytes);
    check_name(base::make_room_name, bytes);
    const std::size_t half = size / 2;
    static_cast<void>(base::glob_match(bytes.substr(0, half), bytes.substr(half)));
    static_cast<void>(base::fold_mask(bytes));
    const std::string_view cut = base::truncate_utf8(bytes, half);
    ASSERT(cut.size() <= half);
    ASSERT(!base::valid_utf8(bytes) || base::valid_utf8(cut));
    return 0;
}
