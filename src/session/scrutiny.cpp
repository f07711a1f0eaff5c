// SPDX-License-Identifier: Apache-2.0
#include "session/scrutiny.hpp"

#include "base/order_limits.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <variant>

namespace tertulia::session {
namespace {

// Whether others at large may read it tells operators what was said; else only that it was.
enum class heard { by_many, in_private };

struct scrutiny {
    const manners& by;
    const chat::card* who;
    base::wall_time now;
    verdict found;

    // A text that is the point of the command.
    void look_at(std::string& text, std::string_view where, heard whom = heard::by_many) {
        reading read = read_words(by, who, text);
        note(read, text, where, whom);
        text = std::move(read.shown);
    }
    // A name cannot be shown in part: what would be hidden is refused.
    void look_at(const base::name& name, std::string_view where) {
        reading read = read_words(by, who, name.display);
        read.refused = read.refused || read.shown != name.display;
        note(read, name.display, where, heard::by_many);
    }
    // A text that goes with something else.
    void censor(std::string& text) const { text = read_words(by, who, text).censored; }

    void note(const reading& read, std::string_view text, std::string_view where, heard whom) {
        if (read.refused && !found.against) {
            found.against = objected{objection::word, std::nullopt};
        }
        if (!read.met || found.met) {
            return;
        }
        const bool shown = whom == heard::by_many;
        std::string excerpt(shown ? base::truncate_utf8(text, base::limits::reported_text_size_max)
                                  : "");
        std::ranges::replace(excerpt, '\n', ' ');
        found.met = chat::word_met{read.met->id, std::string(where), std::move(excerpt)};
    }

    // Reactions are words, too; escaped as on the wire, which leaves words whole.
    void look_at_tags(const std::string& tags, std::string_view where) {
        std::string_view rest = tags;
        while (!rest.empty()) {
            const std::string_view tag = rest.substr(0, rest.find(';'));
            rest.remove_prefix(std::min(rest.size(), tag.size() + 1));
            const std::size_t equals = tag.find('=');
            if (equals != tag.npos && tag.substr(0, equals).ends_with("react")) {
                std::string value(tag.substr(equals + 1));
                const reading read = read_words(by, who, value);
                note(read, value, where, heard::by_many);
            }
        }
    }

    void operator()(chat::speak& wish) {
        const bool in_room = wish.target.key.starts_with('#');
        if (who != nullptr) {
            found.against =
                newcomer_waits(by, *who, in_room ? place::room : place::person, wish.text, now);
        }
        const std::string where = in_room ? wish.target.display : "PRIVMSG";
        look_at(wish.text, where, in_room ? heard::by_many : heard::in_private);
        look_at_tags(wish.tags, where);
    }
    void operator()(chat::edit& wish) {
        const bool in_room = wish.target.key.starts_with('#');
        look_at(wish.text, in_room ? wish.target.display : "EDIT",
                in_room ? heard::by_many : heard::in_private);
    }
    void operator()(chat::post& wish) {
        look_at(wish.text, wish.room.display.empty() ? "POST" : wish.room.display);
        wish.met = found.met;
    }
    void operator()(chat::connect& wish) {
        if (!wish.as) { // else her name is her account's
            look_at(wish.nickname, "NICK");
        }
        censor(wish.real_name);
        if (wish.away) {
            censor(*wish.away);
        }
        for (chat::metadata_value& one : wish.about) {
            censor(one.value);
        }
    }
    void operator()(chat::set_topic& wish) { look_at(wish.topic, wish.room.display); }
    void operator()(chat::set_real_name& wish) { look_at(wish.real_name, "SETNAME"); }
    void operator()(chat::set_metadata& wish) { look_at(wish.what.value, "METADATA"); }
    void operator()(chat::set_away& wish) {
        if (wish.text) {
            look_at(*wish.text, "AWAY");
        }
    }
    void operator()(const chat::rename& wish) { look_at(wish.nickname, "NICK"); }
    void operator()(const chat::register_account& wish) { look_at(wish.name, "REGISTER"); }
    void operator()(const chat::join& wish) { look_at(wish.room, "JOIN"); }
    void operator()(const chat::add_webhook& wish) { look_at(wish.name, wish.room.display); }
    void operator()(chat::rename_room& wish) {
        look_at(wish.to, wish.room.display);
        censor(wish.reason);
    }
    void operator()(chat::part& wish) const { censor(wish.reason); }
    void operator()(chat::kick& wish) const { censor(wish.reason); }
    void operator()(chat::disconnect& wish) const { censor(wish.reason); }
    void operator()(chat::redact& wish) const { censor(wish.reason); }
    void operator()(const auto& /*nothing to read*/) const {}
};

} // namespace

verdict scrutinise(const manners& by, const chat::card* who, chat::command& what,
                   base::wall_time now) {
    scrutiny made{by, who, now, {}};
    std::visit(made, what);
    return std::move(made.found);
}

} // namespace tertulia::session
