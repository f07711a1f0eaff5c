// SPDX-License-Identifier: Apache-2.0
// Names, masks and cuts on any bytes. The input is two texts, parted by its first line break: a
// mask and what it is held against; each is tried as a name too.
#include "base/assert.hpp"
#include "base/glob.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

namespace {

// Each made name is its own: made of what it shows or of its key, it has the same key again.
template <class Make>
void check_name(std::string_view typed, Make make) {
    const auto made = make(typed);
    if (!made) {
        return;
    }
    ASSERT(base::valid_utf8(typed));
    ASSERT(base::valid_utf8(made->display) && base::valid_utf8(made->key));
    ASSERT(made->display.find_first_of(std::string_view(" ,:\r\n\0", 6)) == std::string::npos);
    ASSERT(base::fold(typed) == made->key);
    ASSERT(base::fold(made->key) == made->key);
    const auto again = make(made->display);
    ASSERT(again && again->display == made->display && again->key == made->key &&
           again->skeleton == made->skeleton && again->latin == made->latin);
}

void check_cuts(std::string_view text) {
    const bool valid = base::valid_utf8(text);
    for (std::size_t size_max = 0; size_max <= std::min<std::size_t>(text.size(), 64); ++size_max) {
        const std::string_view cut = base::truncate_utf8(text, size_max);
        ASSERT(cut.size() <= size_max && text.starts_with(cut));
        if (valid) {
            constexpr std::size_t character_size_max = 4;
            ASSERT(base::valid_utf8(cut) && cut.size() + character_size_max > size_max);
        }
    }
}

// What glob_match promises, as it is written down, without its haste: for ASCII alone.
bool fits(std::string_view mask, std::string_view text) {
    if (mask.empty()) {
        return text.empty();
    }
    if (mask.front() == '*') {
        return fits(mask.substr(1), text) || (!text.empty() && fits(mask, text.substr(1)));
    }
    if (text.empty()) {
        return false;
    }
    if (mask.front() == '?') {
        return fits(mask.substr(1), text.substr(1));
    }
    if (mask.front() == '\\' && mask.size() > 1) {
        mask.remove_prefix(1);
    }
    return mask.front() == text.front() && fits(mask.substr(1), text.substr(1));
}

void check_match(std::string_view mask, std::string_view text) {
    const bool matches = base::glob_match(mask, text);
    const auto is_ascii = [](char one) { return static_cast<unsigned char>(one) < 0x80; };
    constexpr std::size_t affordable = 12; // it is exponential
    if (mask.size() <= affordable && text.size() <= affordable &&
        std::ranges::all_of(mask, is_ascii) && std::ranges::all_of(text, is_ascii)) {
        ASSERT(matches == fits(mask, text));
    }
    ASSERT(base::glob_match("*", text));
    ASSERT(base::glob_match(mask, mask) || mask.contains('\\'));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::string_view mask = input.substr(0, input.find('\n'));
    const std::string_view text = input.substr(std::min(mask.size() + 1, input.size()));
    for (const std::string_view one : {mask, text}) {
        check_name(one, base::make_nickname);
        check_name(one, base::make_room_name);
        check_cuts(one);
        const std::string folded = base::fold_mask(one);
        ASSERT(base::fold_mask(folded) == folded || !base::valid_utf8(one));
    }
    check_match(mask, text);
    check_match(base::fold_mask(mask), base::fold_mask(text));
    return 0;
}
