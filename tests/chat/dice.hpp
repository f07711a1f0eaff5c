// SPDX-License-Identifier: Apache-2.0
// Chance, from a seed: few names, so that people meet; two nodes.
#pragma once

// Scripts of the heart leave out of a command what has a default.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#include "chat/world.hpp"

#include <random>
#include <string>
#include <vector>

namespace tertulia::chat {

inline constexpr unsigned room_count = 3;   // "#r0" and so on
inline constexpr unsigned person_count = 8; // "n0" and so on

inline session_id session_of(unsigned person) {
    return {static_cast<std::uint16_t>(person % 2), 1, person + 1};
}

// What somebody said, and where it was said.
struct said_somewhere {
    base::name where;
    message_facts what;
};

class dice {
public:
    explicit dice(unsigned seed) : chance_(seed) {}

    unsigned below(unsigned limit) { return static_cast<unsigned>(chance_()) % limit; }
    bool heads() { return below(2) == 0; }
    role rank() { return static_cast<role>(below(6)); }
    std::string text() { return std::to_string(below(4)); }

    base::name room() {
        const std::string number = std::to_string(below(room_count));
        return named((heads() ? "#r" : "#R") + number);
    }
    // One in eight looks like the Latin name of the same number.
    base::name nickname() {
        const std::string number = std::to_string(below(person_count));
        const base::name latin = named((heads() ? "n" : "N") + number);
        const base::name alike{"\u0578" + number, "\u0578" + number, latin.skeleton, false};
        return below(8) == 0 ? alike : latin;
    }
    session_id session() { return session_of(below(person_count)); }
    // Of an account that was made, most often, with the credentials of some time.
    proof some_proof() {
        return proofs_.empty() ? proof{} : proofs_[below(static_cast<unsigned>(proofs_.size()))];
    }
    // That is open, most often.
    report_id some_report() {
        return reports_.empty() ? report_id{1}
                                : reports_[below(static_cast<unsigned>(reports_.size()))];
    }
    // One of the last ones.
    said_somewhere some_message() {
        return said_.empty() ? said_somewhere{} : said_[below(static_cast<unsigned>(said_.size()))];
    }
    void learn(const std::vector<event>& events) {
        for (const event& one : events) {
            if (const auto* const said = std::get_if<spoke>(&one.what)) {
                learn(*said);
            }
            if (const auto* const saved = std::get_if<report_saved>(&one.what)) {
                saved->open ? reports_.push_back(saved->what.id)
                            : static_cast<void>(std::erase(reports_, saved->what.id));
            }
            if (const auto* const made = std::get_if<registered>(&one.what)) {
                std::erase_if(proofs_, [&](const proof& old) {
                    return old.account == made->as.account && below(4) > 0;
                });
                proofs_.push_back(made->as);
            } else if (const auto* const ended = std::get_if<account_ended>(&one.what)) {
                std::erase_if(proofs_, [&](const proof& old) {
                    return old.account == ended->id && below(4) > 0;
                });
            }
        }
    }

private:
    void learn(const spoke& said) {
        constexpr std::size_t remembered = 4;
        said_.push_back(
            {said.room ? said.room->name : said.to->nickname,
             {said.conversation, said.number, said.by->person, said.kind, said.heard_from}});
        if (said_.size() > remembered) {
            said_.erase(said_.begin());
        }
    }

    std::vector<said_somewhere> said_;
    std::vector<proof> proofs_;
    std::vector<report_id> reports_;
    std::mt19937 chance_;
};

// A message of before is taken back or gets another text.
inline command any_change_of_words(dice& by) {
    const said_somewhere about = by.some_message();
    const bool takes_back = by.heads();
    return takes_back ? command{redact{about.where, about.what, by.text()}}
                      : command{edit{about.where, about.what, by.text()}};
}

} // namespace tertulia::chat
