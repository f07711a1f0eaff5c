// SPDX-License-Identifier: Apache-2.0
// METADATA: what people and rooms say of themselves (IRCv3 draft/metadata-3, which is served under
// the name draft/metadata-2 as well).
#include "base/limits.hpp"
#include "irc/answer_families.hpp"
#include "irc/answers.hpp"
#include "irc/attention.hpp"
#include "irc/greeting.hpp"
#include "irc/lines.hpp"
#include "irc/metadata_lines.hpp"
#include "irc/particulars.hpp"
#include "irc/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::irc {
namespace {

namespace limits = base::limits;
using base::text_key;
using chat::metadata_value;
using wire::irc_line;
using keys = std::span<const std::string_view>;

constexpr std::string_view oneself = "*";
constexpr std::string_view everything = "*ALL";

void refuse_target(session& by, std::string_view target) {
    by.fail("METADATA", "INVALID_TARGET", {target}, by.text(text_key::irc_metadata_target));
}

void warn_of_key(session& by, std::string_view key) { by.line(metadata_warning(by, key)); }

// One of oneself before the welcome; none: what is asked for is the core's to know.
std::vector<metadata_value>* before_welcome(session& by) {
    greeting* const told = by.before_registration();
    return told == nullptr ? nullptr : &told->about;
}

void get(session& by, std::string_view target, keys typed) {
    chat::ask_metadata wish{
        name_to_find(target), chat::metadata_of::one, false, {typed.begin(), typed.end()}};
    if (const auto* const own = before_welcome(by)) {
        std::vector<metadata_line> lines;
        for (const std::string& key : wish.keys) {
            const auto held = std::ranges::find(*own, key, &metadata_value::key);
            lines.push_back({"*", {key, held == own->end() ? std::string() : held->value}});
        }
        send_metadata(by, target, std::move(lines));
    } else {
        by.submit(chat::question{std::move(wish)});
    }
}

void list(session& by, std::string_view target, keys /*none*/) {
    if (const auto* const own = before_welcome(by)) {
        std::vector<metadata_line> lines;
        for (const metadata_value& one : *own) {
            lines.push_back({"*", one});
        }
        send_metadata(by, target, std::move(lines));
    } else {
        by.submit(chat::question{
            chat::ask_metadata{name_to_find(target), chat::metadata_of::one, true, {}}});
    }
}

void keep_until_welcome(session& by, std::vector<metadata_value>& own, metadata_value what) {
    const auto held = std::ranges::find(own, what.key, &metadata_value::key);
    if (held != own.end()) {
        own.erase(held);
    } else if (own.size() >= limits::metadata_keys_max && !what.value.empty()) {
        by.fail("METADATA", "LIMIT_REACHED",
                {"SET", oneself, fmt::to_string(limits::metadata_keys_max)},
                by.text(text_key::irc_metadata_full));
        return;
    }
    by.line(metadata_text(by, {"*", what}));
    if (!what.value.empty()) {
        own.push_back(std::move(what));
    }
}

void set(session& by, std::string_view target, keys typed) {
    metadata_value what{std::string(typed[0]), typed.size() > 1 ? std::string(typed[1]) : ""};
    if (!valid_metadata_key(what.key)) {
        by.fail("METADATA", "INVALID_KEY", {what.key}, by.text(text_key::irc_metadata_key));
    } else if (what.value.size() > limits::metadata_value_size_max) {
        by.fail("METADATA", "INVALID_VALUE", {what.key}, by.text(text_key::irc_metadata_value));
    } else if (auto* const own = before_welcome(by)) {
        keep_until_welcome(by, *own, std::move(what));
    } else {
        by.submit(chat::command{chat::set_metadata{name_to_find(target), std::move(what)}});
    }
}

void clear(session& by, std::string_view target, keys /*none*/) {
    if (auto* const own = before_welcome(by)) {
        std::vector<metadata_line> lines;
        for (metadata_value& one : *own) {
            lines.push_back({"*", {std::move(one.key), {}}});
        }
        own->clear();
        send_metadata(by, target, std::move(lines));
    } else {
        by.submit(chat::command{chat::clear_metadata{name_to_find(target)}});
    }
}

// "a b c" in as many lines as are needed.
void send_keys(session& to, numeric number, keys all, std::string_view tags = {}) {
    const std::string start = to.head(number);
    std::string line = start;
    for (const std::string_view key : all) {
        if (line.size() > start.size() && line_room_after(line) < 1 + key.size()) {
            to.line(line, tags);
            line = start;
        }
        line += ' ';
        line += key;
    }
    if (line.size() > start.size()) {
        to.line(line, tags);
    }
}

void subscribe(session& by, std::string_view /*target*/, keys typed) {
    std::vector<std::string>& held = by.more().subscriptions;
    std::vector<std::string_view> taken;
    std::vector<std::string> fresh;
    for (const std::string_view key : typed) {
        const bool has = std::ranges::find(held, key) != held.end();
        if (!valid_metadata_key(key)) {
            warn_of_key(by, key);
            continue;
        }
        if (!has && held.size() >= limits::metadata_subscriptions_max) {
            by.fail("METADATA", "LIMIT_REACHED",
                    {"SUB", key, fmt::to_string(limits::metadata_subscriptions_max)},
                    by.text(text_key::irc_metadata_full));
            break;
        }
        if (!has) {
            held.emplace_back(key);
            fresh.emplace_back(key);
        }
        taken.push_back(key);
    }
    send_keys(by, numeric::rpl_metadatasubok, taken);
    if (!fresh.empty() && by.registered()) {
        by.submit(chat::question{chat::ask_metadata{
            name_to_find(everything), chat::metadata_of::everything_seen, false, fresh}});
    }
}

void unsubscribe(session& by, std::string_view /*target*/, keys typed) {
    std::vector<std::string_view> taken;
    for (const std::string_view key : typed) {
        if (valid_metadata_key(key)) {
            std::erase(by.more().subscriptions, key);
            taken.push_back(key);
        } else {
            warn_of_key(by, key);
        }
    }
    send_keys(by, numeric::rpl_metadataunsubok, taken);
}

void subscriptions(session& by, std::string_view /*target*/, keys /*none*/) {
    const std::vector<std::string>& held = by.more().subscriptions;
    const bool batched = by.capabilities().has(capability::batch);
    const std::string& server = by.rules().server_name;
    if (batched) {
        by.line(fmt::format(":{} BATCH +{} metadata-subs", server, metadata_batch));
    }
    send_keys(by, numeric::rpl_metadatasubs,
              std::vector<std::string_view>(held.begin(), held.end()),
              batched ? fmt::format("@batch={} ", metadata_batch) : std::string());
    if (batched) {
        by.line(fmt::format(":{} BATCH -{}", server, metadata_batch));
    }
}

void sync(session& by, std::string_view target, keys /*none*/) {
    if (by.registered()) {
        ask_for_metadata(by, target);
    } else {
        send_metadata(by, target, {});
    }
}

struct subcommand {
    std::string_view name;
    std::size_t keys_min, keys_max;
    bool of_oneself; // has no other target
    void (*handle)(session& by, std::string_view target, keys typed);
};
constexpr std::size_t any = wire::parameters_max;
constexpr auto subcommands = std::to_array<subcommand>({
    {"CLEAR", 0, 0, false, clear},
    {"GET", 1, any, false, get},
    {"LIST", 0, 0, false, list},
    {"SET", 1, 2, false, set},
    {"SUB", 1, any, true, subscribe},
    {"SUBS", 0, 0, true, subscriptions},
    {"SYNC", 0, 0, false, sync},
    {"UNSUB", 1, any, true, unsubscribe},
});

bool is_own(const session& by, std::string_view target) {
    return target == oneself || (by.registered() && base::fold(target) == by.self()->nickname.key);
}

void metadata(session& by, const irc_line& line) {
    if (!by.registered() && !knows_metadata(by.capabilities())) {
        by.reply(numeric::err_notregistered, {}, by.text(text_key::irc_not_registered));
        return;
    }
    const std::string_view target = line.parameter[0];
    const std::string name = in_capitals(line.parameter[1]);
    const auto* const row = std::ranges::find(subcommands, name, &subcommand::name);
    const keys typed = line.parameters().subspan(std::min<std::size_t>(line.parameter_count, 2));
    if (row == subcommands.end() || typed.size() < row->keys_min || typed.size() > row->keys_max) {
        by.fail("METADATA", "INVALID_PARAMS", {name.empty() ? oneself : std::string_view(name)},
                by.text(text_key::irc_history_parameters));
    } else if ((row->of_oneself || !by.registered()) && !is_own(by, target)) {
        refuse_target(by, target);
    } else {
        row->handle(by, target, typed);
    }
}

constexpr auto rows = std::to_array<verb>({
    {"METADATA", 0, phase::both, metadata},
});

} // namespace

std::span<const verb> metadata_verbs() { return rows; }

void ask_for_metadata(session& by, std::string_view target) {
    const particulars* const own = by.rare();
    chat::ask_metadata wish{name_to_find(target), chat::metadata_of::one, false,
                            own == nullptr ? std::vector<std::string>() : own->subscriptions};
    if (target == everything) {
        wish.what = chat::metadata_of::everything_seen;
    } else if (target.starts_with('#')) {
        wish.what = chat::metadata_of::one_with_members;
    }
    by.submit(chat::question{std::move(wish)});
}

void render(session& to, const chat::metadata_answer& what) {
    if (!what.found) {
        refuse_target(to, what.asked.display);
    } else if (what.later) {
        to.reply(numeric::err_metadatasynclater, {what.asked.display, "10"},
                 to.text(text_key::irc_metadata_later));
    } else {
        std::vector<metadata_line> lines;
        for (const chat::metadata_answer::entry& one : what.entries) {
            lines.push_back({one.target, one.what});
        }
        send_metadata(to, what.asked.display, std::move(lines));
    }
}

} // namespace tertulia::irc
