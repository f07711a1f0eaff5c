// SPDX-License-Identifier: Apache-2.0
// LANGUAGE: in which language one is spoken to (draft/languages). Kept with an account, for all its
// sessions; a guest's ends with her.
#include "irc/answers.hpp"
#include "irc/attention.hpp"
#include "irc/greeting.hpp"
#include "irc/particulars.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace tertulia::irc {
namespace {

using base::text_key;
using wire::irc_line;

struct language_row {
    std::string_view code;
    base::language what;
};
constexpr auto languages = std::to_array<language_row>({
    {"en", base::language::english},
    {"es", base::language::spanish},
});

// "es-MX" is "es"; "*" is the server's.
std::string code_of(std::string_view typed) {
    std::string code(typed.substr(0, std::min(typed.find_first_of("-_"), typed.size())));
    std::ranges::transform(code, code.begin(), [](char one) {
        return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
    });
    return code == "*" ? std::string() : code;
}

void language(session& by, const irc_line& line) {
    const std::string code = code_of(line.parameter[0]);
    const bool known =
        code.empty() || std::ranges::find(languages, code, &language_row::code) != languages.end();
    if (line.parameter_count > 1) {
        by.reply(numeric::err_toomanylanguages, {"1"}, by.text(text_key::irc_one_language));
    } else if (!known) {
        by.reply(numeric::err_nolanguage, {line.parameter[0]},
                 by.text(text_key::irc_no_such_language));
    } else if (by.registered()) {
        by.submit(chat::command{chat::set_language{code}});
    } else {
        choose_language(by, code);
        say_language(by, code);
    }
}

constexpr auto rows = std::to_array<verb>({
    {"LANGUAGE", 1, phase::both, language},
});

} // namespace

std::span<const verb> language_verbs() { return rows; }

void choose_language(session& by, std::string_view code) {
    const auto* const row = std::ranges::find(languages, code, &language_row::code);
    by.more().language = row == languages.end() ? std::nullopt : std::optional(row->what);
}

void say_language(session& to, std::string_view code) {
    to.reply(numeric::rpl_yourlanguagesare, {code.empty() ? "*" : code},
             to.text(text_key::irc_language_chosen));
}

} // namespace tertulia::irc
