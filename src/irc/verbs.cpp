// SPDX-License-Identifier: Apache-2.0
#include "irc/verbs.hpp"

#include "irc/answers.hpp"
#include "irc/lines.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

namespace tertulia::irc {
namespace {

// All families in one, by name.
std::vector<verb> all_verbs() {
    std::vector<verb> all;
    for (const std::span<const verb> family :
         {account_verbs(),    batch_verbs(),   capability_verbs(), change_verbs(),
          connection_verbs(), message_verbs(), history_verbs(),    room_verbs(),
          keeping_verbs(),    people_verbs(),  search_verbs(),     server_verbs(),
          session_verbs(),    token_verbs(),   watching_verbs(),   metadata_verbs(),
          language_verbs(),   order_verbs(),   sanction_verbs(),   report_verbs(),
          silence_verbs(),    word_verbs(),    push_verbs()}) {
        all.insert(all.end(), family.begin(), family.end());
    }
    std::ranges::sort(all, {}, &verb::name);
    return all;
}

} // namespace

const verb* find_verb(std::string_view name) {
    static const std::vector<verb> all = all_verbs();
    const std::string wanted = in_capitals(name);
    const auto found = std::ranges::lower_bound(all, std::string_view(wanted), {}, &verb::name);
    return found != all.end() && found->name == wanted ? &*found : nullptr;
}

} // namespace tertulia::irc
