// SPDX-License-Identifier: Apache-2.0
// What was said a short while ago, by number: a classic client has no message ids, so whoever
// replies, reacts or takes something back is shown to it with a few words of what that is about.
#pragma once

#include "chat/event.hpp"

#include <deque>
#include <string>
#include <string_view>

namespace tertulia::classic {

struct recent_word {
    chat::message_number number;
    chat::conversation_id in;
    std::string name; // the author's
    std::string text; // its beginning
};

class recent_words {
public:
    // Once each, in the order of their numbers; what was noted already is left as it is.
    void note(const chat::spoke& what, std::string_view text);
    void change(chat::message_number of, chat::conversation_id in, std::string_view text);
    void forget(chat::message_number of, chat::conversation_id in);

    // What was said elsewhere is not quoted: who hears may not have been there.
    [[nodiscard]] const recent_word* find(chat::message_number of, chat::conversation_id in) const;

private:
    std::deque<recent_word> words_; // oldest first
};

} // namespace tertulia::classic
