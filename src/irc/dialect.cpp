// SPDX-License-Identifier: Apache-2.0
// How each kind of event reads, a function each. What concerns one session alone (numerics, labels,
// the members of a room just joined) is not here but in hearing.cpp.
#include "irc/dialect.hpp"

#include "irc/lines.hpp"
#include "irc/modes.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>
#include <variant>

namespace tertulia::irc {
namespace {

constexpr std::string_view no_account = "*"; // extended-join

class rendering {
public:
    rendering(const dialect& by, const chat::event& of, capability_set as, std::string& out)
        : by_(by), of_(of), as_(as), out_(out) {}

    void operator()(const chat::joined& what) {
        if (as_.has(capability::extended_join)) {
            line(*what.who, what.number, "JOIN {} {} :{}", what.room->name.display, no_account,
                 what.who->real_name);
        } else {
            line(*what.who, what.number, "JOIN {}", what.room->name.display);
        }
        if (what.away && as_.has(capability::away_notify)) {
            line(*what.who, {}, "AWAY :{}", what.away_text);
        }
    }

    void operator()(const chat::parted& what) {
        if (what.reason.empty()) {
            line(*what.who, what.number, "PART {}", what.room->name.display);
        } else {
            line(*what.who, what.number, "PART {} :{}", what.room->name.display, what.reason);
        }
    }

    void operator()(const chat::kicked& what) {
        line(*what.by, what.number, "KICK {} {} :{}", what.room->name.display,
             what.who->nickname.display, what.reason);
    }

    void operator()(const chat::person_left& what) {
        line(*what.who, what.number, "QUIT :{}", what.reason);
    }

    void operator()(const chat::renamed& what) {
        line(*what.before, what.number, "NICK {}", what.after->nickname.display);
    }

    void operator()(const chat::away_changed& what) {
        if (!as_.has(capability::away_notify)) {
            return;
        }
        if (what.text) {
            line(*what.who, what.number, "AWAY :{}", *what.text);
        } else {
            line(*what.who, what.number, "AWAY");
        }
    }

    void operator()(const chat::real_name_changed& what) {
        if (as_.has(capability::setname)) {
            line(*what.before, what.number, "SETNAME :{}", what.after->real_name);
        }
    }

    void operator()(const chat::topic_changed& what) {
        line(*what.by, what.number, "TOPIC {} :{}", what.room->name.display, what.topic);
    }

    // A change too long for one line takes several; the first is the message that the msgid names.
    void operator()(const chat::room_modes_changed& what) {
        std::string start;
        if (what.by) {
            append_source(*what.by, start);
        } else {
            start = fmt::format(":{} ", by_.rules().server_name);
        }
        start += fmt::format("MODE {} ", what.room->name.display);
        chat::message_number number = what.number;
        for (const std::string& text : mode_texts(what.changes, line_room_after(start))) {
            const line_end ends = begin(std::exchange(number, {}));
            close(ends, "{}{}", start, text);
        }
    }

    void operator()(const chat::person_modes_changed& what) {
        line(*what.who, {}, "MODE {} {}", what.who->nickname.display, mode_text(what.changes));
    }

    void operator()(const chat::invited& what) {
        if (what.heard_as == chat::invited_as::guest || as_.has(capability::invite_notify)) {
            line(*what.by, what.number, "INVITE {} {}", what.who->nickname.display,
                 what.room->name.display);
        }
    }

    void operator()(const chat::spoke& what) {
        if (what.kind == chat::message_kind::tags && !as_.has(capability::message_tags)) {
            return;
        }
        const line_end ends = begin(what.number, what.tags);
        append_source(*what.by, out_);
        const std::string& target = (what.room ? what.room->name : what.to->nickname).display;
        const std::string_view to_role = role_prefix(what.heard_from);
        if (what.kind == chat::message_kind::tags) {
            close(ends, "TAGMSG {}{}", to_role, target);
        } else {
            close(ends, "{} {}{} :{}", verb_of(what.kind), to_role, target, what.text);
        }
    }

    void operator()(const chat::signalled& what) {
        if (!as_.has(capability::message_tags)) {
            return;
        }
        const line_end ends = begin({}, what.tags);
        append_source(*what.by, out_);
        close(ends, "TAGMSG {}{}", role_prefix(what.heard_from),
              (what.room ? what.room->name : what.to->nickname).display);
    }

    // The rest is a session's own, or the store's.
    template <class Other>
    void operator()(const Other& /*what*/) {}

private:
    line_end begin(chat::message_number number, std::string_view client_only = {}) {
        append_tags({{}, number, of_.time, client_only}, by_.tokens(), as_, out_);
        return line_end(out_);
    }

    template <class... Args>
    void close(line_end ends, fmt::format_string<Args...> form, Args&&... args) {
        fmt::format_to(std::back_inserter(out_), form, std::forward<Args>(args)...);
        ends.close();
    }

    template <class... Args>
    void line(const chat::card& from, chat::message_number number, fmt::format_string<Args...> form,
              Args&&... args) {
        const line_end ends = begin(number);
        append_source(from, out_);
        close(ends, form, std::forward<Args>(args)...);
    }

    const dialect& by_;
    const chat::event& of_;
    capability_set as_;
    std::string& out_;
};

// What the rendering of a kind depends on besides tags.
struct relevance {
    capability_set operator()(const chat::joined& what) const {
        capability_set depends = tags();
        depends.add(capability::extended_join);
        if (what.away) {
            depends.add(capability::away_notify);
        }
        return depends;
    }
    capability_set operator()(const chat::away_changed& /*what*/) const {
        return tags_and(capability::away_notify);
    }
    capability_set operator()(const chat::real_name_changed& /*what*/) const {
        return tags_and(capability::setname);
    }
    capability_set operator()(const chat::invited& /*what*/) const {
        return tags_and(capability::invite_notify);
    }
    template <class Other>
    capability_set operator()(const Other& /*what*/) const {
        return tags();
    }

private:
    static capability_set tags() {
        capability_set both;
        both.add(capability::message_tags);
        both.add(capability::server_time);
        return both;
    }
    static capability_set tags_and(capability third) {
        capability_set all = tags();
        all.add(third);
        return all;
    }
};

} // namespace

dialect::dialect(settings_ref rules, std::string_view message_key)
    : rules_(std::move(rules)), tokens_(message_key) {}

void dialect::render(const chat::event& of, tertulia::session::features as,
                     std::string& out) const {
    std::visit(rendering(*this, of, capability_set::of_bits(as), out), of.what);
}

tertulia::session::features dialect::relevant(const chat::event& of) const {
    return std::visit(relevance{}, of.what).bits();
}

} // namespace tertulia::irc
