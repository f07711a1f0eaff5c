// SPDX-License-Identifier: Apache-2.0
// A failed match goes back to the last '*' only: an earlier one could not do better, since the last
// one may take just as much.
#include "base/glob.hpp"

#include <cstddef>

namespace tertulia::base {
namespace {

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// The end of the character at `from`; a stray byte is a character of its own.
std::size_t next_character(std::string_view text, std::size_t from) {
    constexpr std::size_t utf8_size_max = 4;
    const bool leads = static_cast<unsigned char>(text[from]) >= 0xC0U;
    std::size_t end = from + 1;
    while (leads && end < text.size() && end - from < utf8_size_max &&
           continues_character(text[end])) {
        ++end;
    }
    return end;
}

// Walks mask and text in step.
struct walk {
    std::string_view mask;
    std::string_view text;
    std::size_t mask_at = 0;
    std::size_t text_at = 0;

    // One step over what is neither '*' nor the end of the text; false where the two differ.
    bool step() {
        if (mask_at == mask.size()) {
            return false;
        }
        if (mask[mask_at] == '?') {
            ++mask_at;
            text_at = next_character(text, text_at);
            return true;
        }
        const bool escaped = mask[mask_at] == '\\' && mask_at + 1 < mask.size();
        const std::size_t literal_at = mask_at + (escaped ? 1 : 0);
        if (mask[literal_at] != text[text_at]) {
            return false;
        }
        mask_at = literal_at + 1;
        ++text_at;
        return true;
    }
};

} // namespace

bool glob_match(std::string_view mask, std::string_view text) {
    walk now{mask, text};
    walk after_star; // where to go on when a step fails: the last '*' takes a character more
    bool star_seen = false;
    while (now.text_at < text.size()) {
        if (now.mask_at < mask.size() && mask[now.mask_at] == '*') {
            ++now.mask_at;
            after_star = now;
            star_seen = true;
        } else if (!now.step()) {
            if (!star_seen) {
                return false;
            }
            after_star.text_at = next_character(text, after_star.text_at);
            now = after_star;
        }
    }
    return mask.find_first_not_of('*', now.mask_at) == std::string_view::npos;
}

} // namespace tertulia::base
