// SPDX-License-Identifier: Apache-2.0
// What every door asks of words before they go to the core: that guests who have just come wait,
// and that nothing is said which the operator does not want said. Pure. Operators say what they
// want.
#pragma once

#include "base/catalogue.hpp"
#include "base/time.hpp"
#include "chat/card.hpp"
#include "session/words.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::session {

struct manners {
    std::chrono::seconds guests_wait{0};    // before their first word
    std::chrono::seconds guests_careful{0}; // before links, and before words to persons
    // Words, folded, with wildcards: "spam*". Whole words are compared.
    std::vector<std::string> refused;
    std::vector<std::string> hidden; // they are said as "****"
    // Those that operators list while the server runs; nullptr: they list none.
    std::shared_ptr<const word_board> listed = {};
};

enum class place : std::uint8_t { room, person };
enum class objection : std::uint8_t { too_soon, too_soon_for_links, too_soon_in_private, word };
struct objected {
    objection why;
    std::optional<base::wall_time> until; // none: for good
};

// What a text has of words that are not wanted.
struct reading {
    std::string shown;    // with those hidden that are to be
    std::string censored; // and those that are refused
    bool refused = false;
    std::optional<chat::listed_word> met; // which weighs most of those that mute or are reported
};
// Operators may say what they want; `who` nullptr is somebody who is not in yet.
[[nodiscard]] reading read_words(const manners& by, const chat::card* who, std::string_view text);

// That a guest has come too lately. Nothing: she may say so.
[[nodiscard]] std::optional<objected> newcomer_waits(const manners& by, const chat::card& who,
                                                     place where, std::string_view text,
                                                     base::wall_time now);

[[nodiscard]] std::string in_words(base::language in, const objected& what);

} // namespace tertulia::session
