// SPDX-License-Identifier: Apache-2.0
// SEARCH (IRCv3 draft/search, soju.im/search): what one may read, searched. The core says which
// conversations these are; a target that is none of them has no messages, as if there were none.
#include "base/limits.hpp"
#include "base/text.hpp"
#include "irc/answers.hpp"
#include "irc/attention.hpp"
#include "irc/history_lines.hpp"
#include "irc/lines.hpp"
#include "irc/turn.hpp"
#include "irc/verbs.hpp"
#include "irc/words.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tertulia::irc {
namespace {

namespace past = tertulia::session;
using wire::irc_line;

constexpr std::uint32_t usual_limit = 50;

std::optional<std::uint32_t> read_limit(std::string_view typed) {
    constexpr auto limit_max = static_cast<std::uint32_t>(base::limits::search_page_max);
    std::uint32_t limit = 0;
    const auto [end, fault] = std::from_chars(typed.data(), typed.data() + typed.size(), limit);
    if (fault != std::errc{} || end != typed.data() + typed.size() || limit == 0) {
        return std::nullopt;
    }
    return std::min(limit, limit_max);
}

// Fills the time in; false: it is none.
bool read_bound(std::string_view attributes, std::string_view key,
                std::optional<base::wall_time>& into) {
    const auto typed = wire::tag_value(attributes, key);
    into = typed ? wire::read_timestamp(*typed) : std::nullopt;
    return !typed || into.has_value();
}

// A key that SEARCH does not have, or a word that is no key=value; empty: none.
std::string_view foreign_key(std::string_view attributes) {
    constexpr std::array<std::string_view, 6> keys{"text",  "in",     "from",
                                                   "after", "before", "limit"};
    while (!attributes.empty()) {
        const std::string_view one = attributes.substr(0, attributes.find(';'));
        attributes.remove_prefix(std::min(one.size() + 1, attributes.size()));
        const std::string_view key = one.substr(0, one.find('='));
        if (!one.empty() &&
            (key.size() == one.size() || std::ranges::find(keys, key) == keys.end())) {
            return key.empty() ? one : key;
        }
    }
    return {};
}

// The attribute that cannot be understood; empty: none.
std::string_view read_query(std::string_view attributes, past::search_query& wish) {
    const std::string limit =
        wire::tag_value(attributes, "limit").value_or(std::to_string(usual_limit));
    wish.limit = read_limit(limit).value_or(0);
    wish.text = wire::tag_value(attributes, "text").value_or("");
    const auto from = wire::tag_value(attributes, "from");
    wish.from = from ? base::fold(*from) : ""; // nothing folds to a key that nobody has
    if (wish.limit == 0) {
        return "limit";
    }
    if (!read_bound(attributes, "after", wish.after)) {
        return "after";
    }
    return read_bound(attributes, "before", wish.before) ? "" : "before";
}

void ask(session& by, past::search_query wish, chat::question first) {
    by.ask_first({std::move(wish)}, std::move(first), "SEARCH");
}

void search_for(session& by, const irc_line& line) {
    const bool knows =
        by.capabilities().has(capability::search) || by.capabilities().has(capability::soju_search);
    if (!knows) {
        by.reply(numeric::err_unknowncommand, {line.verb},
                 by.text(base::text_key::irc_unknown_command));
        return;
    }
    const std::string_view attributes = line.parameter[0];
    if (const std::string_view unknown = foreign_key(attributes); !unknown.empty()) {
        by.fail("SEARCH", "INVALID_PARAMS", {unknown}, by.text(base::text_key::irc_search_usage));
        return;
    }
    past::search_query wish;
    const std::string_view fault = read_query(attributes, wish);
    if (!fault.empty()) {
        by.fail("SEARCH", "INVALID_PARAMS", {fault},
                by.text(base::text_key::irc_history_parameters));
        return;
    }
    if (const auto in = wire::tag_value(attributes, "in")) {
        ask(by, std::move(wish), chat::ask_history{name_to_find(*in)});
    } else {
        ask(by, std::move(wish), chat::ask_conversations{});
    }
}

constexpr auto rows = std::to_array<verb>({
    {"SEARCH", 1, phase::after, search_for},
});

const chat::history_answer& place_of(const past::search_page::hit& one,
                                     const std::vector<chat::history_answer>& of) {
    return *std::ranges::find(of, one.conversation, &chat::history_answer::conversation);
}

} // namespace

std::span<const verb> search_verbs() { return rows; }

void session::search_in(past::search_query query, conversations open, std::uint32_t serial) {
    std::erase_if(open, [](const chat::history_answer& one) { return !one.conversation; });
    if (open.empty()) {
        show_hits({}, past::search_page{});
        return;
    }
    query.up_to = open.front().up_to;
    for (const chat::history_answer& one : open) {
        query.conversations.push_back(one.conversation);
    }
    read({serial, std::move(query), search{std::move(open)}});
}

void session::show_hits(const conversations& of, const past::read_answer& answer) {
    const auto* const found = std::get_if<past::search_page>(&answer);
    if (found == nullptr) {
        fail("SEARCH", "INTERNAL_ERROR", {}, text(base::text_key::irc_search_failed));
        return;
    }
    const bool batched = capabilities_.has(capability::batch);
    if (batched) {
        line(fmt::format(":{} BATCH +{} {}", rules().server_name, history_batch,
                         capabilities_.has(capability::search) ? "search" : "soju.im/search"));
    }
    for (const past::search_page::hit& one : found->hits) {
        const chat::history_answer& place = place_of(one, of);
        const std::string& target =
            (place.room ? place.room->name : place.partner->nickname).display;
        list(history_listing(speaks_, capabilities_, {target, playing::asked, now().wall},
                             {{one.message}}));
    }
    if (batched) {
        line(fmt::format(":{} BATCH -{}", rules().server_name, history_batch));
    }
}

} // namespace tertulia::irc
