// SPDX-License-Identifier: Apache-2.0
#include "irc/metadata_lines.hpp"

#include "base/limits.hpp"
#include "irc/lines.hpp"
#include "irc/particulars.hpp"
#include "irc/rows.hpp"
#include "irc/standard_reply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tertulia::irc {
namespace limits = base::limits;
using base::text_key;

bool valid_metadata_key(std::string_view key) {
    const auto allowed = [](char one) {
        return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || one == '_' ||
               one == '.' || one == '/' || one == '-';
    };
    return !key.empty() && key.size() <= limits::metadata_key_size_max &&
           std::ranges::all_of(key, allowed);
}

std::string metadata_limits() {
    return fmt::format("before-connect,max-subs={},max-keys={},max-key-bytes={},max-value-bytes={}",
                       limits::metadata_subscriptions_max, limits::metadata_keys_max,
                       limits::metadata_key_size_max, limits::metadata_value_size_max);
}

std::string metadata_warning(const session& to, std::string_view key) {
    return standard_reply(to, "WARN", "METADATA", "INVALID_KEY", {key},
                          to.text(text_key::irc_metadata_key));
}

std::string metadata_text(const session& to, const metadata_line& one) {
    const std::string_view target = as_parameter(one.target);
    if (!valid_metadata_key(one.what.key)) {
        return metadata_warning(to, one.what.key);
    }
    if (one.what.value.empty()) {
        return fmt::format("{} {} {} :{}", to.head(numeric::rpl_keynotset), target, one.what.key,
                           to.text(text_key::irc_metadata_not_set));
    }
    return fmt::format("{} {} {} * :{}", to.head(numeric::rpl_keyvalue), target, one.what.key,
                       one.what.value);
}

void send_metadata(session& to, std::string_view target, std::vector<metadata_line> lines) {
    const bool batched = to.capabilities().has(capability::batch);
    const std::string& server = to.rules().server_name;
    if (batched) {
        to.line(
            fmt::format(":{} BATCH +{} metadata {}", server, metadata_batch, as_parameter(target)));
    }
    const std::string tag = batched ? fmt::format("@batch={} ", metadata_batch) : std::string();
    std::vector<std::string> texts;
    std::ranges::transform(lines, std::back_inserter(texts),
                           [&](const metadata_line& one) { return metadata_text(to, one); });
    to.list(
        make_rows([texts = std::move(texts), tag, next = std::size_t{0}](std::string& out) mutable {
            if (next == texts.size()) {
                return false;
            }
            out += tag;
            line_end ends(out);
            out += texts[next++];
            ends.close();
            return true;
        }));
    if (batched) {
        to.line(fmt::format(":{} BATCH -{}", server, metadata_batch));
    }
}

void answer_metadata(session& to, const chat::metadata_changed& what) {
    const std::string& target = what.asked.display;
    if (!what.all) {
        to.line(metadata_text(to, {target, what.values.front()}));
        return;
    }
    std::vector<metadata_line> lines;
    for (const chat::metadata_value& one : what.values) {
        lines.push_back({target, one});
    }
    send_metadata(to, target, std::move(lines));
}

// A change that nobody asked about: draft/metadata-2 has a verb for it, draft/metadata-3 tells it
// as an answer.
std::string metadata_news(const session& to, const metadata_line& one) {
    if (to.capabilities().has(capability::metadata_3)) {
        return metadata_text(to, one);
    }
    return fmt::format(":{} METADATA {} {} *{}{}", to.rules().server_name, as_parameter(one.target),
                       one.what.key, one.what.value.empty() ? "" : " :", one.what.value);
}

void tell_metadata(session& to, const chat::metadata_changed& what) {
    const particulars* const own = to.rare();
    if (own == nullptr || !knows_metadata(to.capabilities())) {
        return;
    }
    const std::string& target = (what.room ? what.room->name : what.who->nickname).display;
    for (const chat::metadata_value& one : what.values) {
        if (std::ranges::find(own->subscriptions, one.key) != own->subscriptions.end()) {
            to.line(metadata_news(to, {target, one}));
        }
    }
}

} // namespace tertulia::irc
