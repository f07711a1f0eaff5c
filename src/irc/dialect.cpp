// SPDX-License-Identifier: Apache-2.0
// How each kind of event reads, a function each. What concerns one session alone (numerics, labels,
// the members of a room just joined) is not here but in hearing.cpp.
#include "irc/dialect.hpp"

#include "irc/changes.hpp"
#include "irc/lines.hpp"
#include "irc/metadata_lines.hpp"
#include "irc/modes.hpp"
#include "irc/multiline.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>
#include <variant>

namespace tertulia::irc {
namespace {

// Empty for a guest.
std::string_view account_of(const chat::card& who) {
    return who.registered ? std::string_view(who.nickname.display) : std::string_view();
}

// Empty for everybody but operators, who have accounts.
std::string_view operating_as(const chat::card& who) {
    return who.is_operator ? account_of(who) : std::string_view();
}

class rendering {
public:
    rendering(const dialect& by, const chat::event& of, capability_set as, std::string& out)
        : by_(by), of_(of), as_(as), out_(out) {}

    void operator()(const chat::joined& what) {
        if (as_.has(capability::extended_join)) {
            const std::string_view account = account_of(*what.who);
            join(what, "JOIN {} {} :{}", what.room->name.display, account.empty() ? "*" : account,
                 what.who->real_name);
        } else {
            join(what, "JOIN {}", what.room->name.display);
        }
        if (what.rank != chat::role::member) {
            tell_rank(what);
        }
        if (what.away && as_.has(capability::away_notify)) {
            const line_end ends = begin({}, nullptr);
            append_source(*what.who, out_);
            close(ends, "AWAY :{}", what.away_text);
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

    void operator()(const chat::account_changed& what) {
        if (as_.has(capability::account_notify)) {
            line(*what.who, what.number, "ACCOUNT {}", what.who->nickname.display);
        }
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
            const line_end ends = begin(std::exchange(number, {}), what.by.get());
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

    void operator()(const chat::room_renamed& what) { // for those who know RENAME: keeping.cpp
        line(*what.by, what.number, "RENAME {} {} :{}", what.before->name.display,
             what.after->name.display, what.reason);
    }

    void operator()(const chat::spoke& what) {
        if (what.kind != chat::message_kind::tags) {
            say(what, what.text, what.tags);
        } else if (as_.has(capability::message_tags)) {
            const line_end ends = begin(what.number, what.by.get(), what.tags);
            append_source(*what.by, out_);
            close(ends, "TAGMSG {}", target_of(what));
        }
    }

    void operator()(const chat::redacted& what) {
        if (!as_.has(capability::message_redaction)) {
            return;
        }
        const line_end ends = begin(what.number, what.by.get());
        append_source(*what.by, out_);
        close(ends, "{}", redaction(target_of(what), what.message, what.reason, by_.tokens()));
    }

    void operator()(const chat::edited& what) {
        if (!hears_edits(as_)) {
            say(what, marked_as_edited(what.text, by_.rules().language), {});
            return;
        }
        const line_end ends =
            begin(what.number, what.by.get(), {}, edit_tags(what.message, what.text, by_.tokens()));
        append_source(*what.by, out_);
        close(ends, "EDIT {}", target_of(what));
    }

    void operator()(const chat::signalled& what) {
        if (!as_.has(capability::message_tags)) {
            return;
        }
        const line_end ends = begin({}, what.by.get(), what.tags);
        append_source(*what.by, out_);
        close(ends, "TAGMSG {}", target_of(what));
    }

    // The rest is a session's own, or the store's.
    template <class Other>
    void operator()(const Other& /*what*/) {}

private:
    template <class Said>
    void say(const Said& what, std::string_view text, std::string_view tags) {
        if (is_multiline(text)) {
            say_in_lines(what, text, tags);
            return;
        }
        const line_end ends = begin(what.number, what.by.get(), tags);
        append_source(*what.by, out_);
        close(ends, "{} {} :{}", verb_of(what.kind), target_of(what), text);
    }

    // A message in several lines: as a batch, or one by one, of which only the first has the msgid.
    template <class Said>
    void say_in_lines(const Said& what, std::string_view text, std::string_view tags) {
        std::string start;
        append_source(*what.by, start);
        const std::string target = target_of(what);
        const std::string head = fmt::format("{}{} {} :", start, verb_of(what.kind), target);
        const bool batched = as_.has(capability::multiline);
        if (batched) {
            const line_end ends = begin(what.number, what.by.get(), tags);
            close(ends, "{}BATCH +{} draft/multiline {}", start, multiline_batch, target);
        }
        bool first = true;
        for (const message_piece& one : pieces_of(text, line_room_after(head))) {
            if (batched) {
                fmt::format_to(std::back_inserter(out_), "@batch={}{}{} ", multiline_batch,
                               one.goes_on ? ";" : "", one.goes_on ? multiline_concat : "");
                close(line_end(out_), "{}{}", head, one.text);
            } else if (!one.text.empty()) {
                const line_end ends =
                    first ? begin(what.number, what.by.get(), tags) : begin({}, what.by.get());
                close(ends, "{}{}", head, one.text);
                first = false;
            }
        }
        if (batched) {
            close(line_end(out_), ":{} BATCH -{}", by_.rules().server_name, multiline_batch);
        }
    }

    // As STATUSMSG names it, too.
    template <class Said>
    static std::string target_of(const Said& what) {
        return std::string(role_prefix(what.heard_from)) +
               (what.room ? what.room->name : what.to->nickname).display;
    }

    line_end begin(chat::message_number number, const chat::card* from,
                   std::string_view client_only = {}, std::string_view also = {}) {
        const std::string_view account = from == nullptr ? std::string_view() : account_of(*from);
        const bool bot = from != nullptr && from->bot;
        const std::string_view operating =
            from == nullptr ? std::string_view() : operating_as(*from);
        append_tags({{}, number, of_.time, client_only, account, bot, also, operating},
                    by_.tokens(), as_, out_);
        return line_end(out_);
    }

    // Who comes back to a role of hers: a JOIN has no place for it.
    void tell_rank(const chat::joined& what) {
        const std::string start =
            fmt::format(":{} MODE {} ", by_.rules().server_name, what.room->name.display);
        const chat::mode_change given = chat::role_change{what.rank, true, what.who->nickname};
        for (const std::string& text : mode_texts({&given, 1}, line_room_after(start))) {
            const line_end ends = begin({}, nullptr);
            close(ends, "{}{}", start, text);
        }
    }

    // Without account-tag, as extended-join tells the account: one variant less.
    template <class... Args>
    void join(const chat::joined& what, fmt::format_string<Args...> form, Args&&... args) {
        append_tags({{}, what.number, of_.time, {}, {}, what.who->bot, {}, operating_as(*what.who)},
                    by_.tokens(), as_, out_);
        const line_end ends(out_);
        append_source(*what.who, out_);
        close(ends, form, std::forward<Args>(args)...);
    }

    template <class... Args>
    void close(line_end ends, fmt::format_string<Args...> form, Args&&... args) {
        fmt::format_to(std::back_inserter(out_), form, std::forward<Args>(args)...);
        ends.close();
    }

    template <class... Args>
    void line(const chat::card& from, chat::message_number number, fmt::format_string<Args...> form,
              Args&&... args) {
        const line_end ends = begin(number, &from);
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
        capability_set depends = tags(nullptr);
        depends.add(capability::extended_join);
        if (what.who && what.who->is_operator) {
            depends.add(capability::oper_tag);
        }
        if (what.away) {
            depends.add(capability::away_notify);
        }
        return depends;
    }
    capability_set operator()(const chat::account_changed& what) const {
        return tags(what.who.get(), capability::account_notify);
    }
    capability_set operator()(const chat::away_changed& what) const {
        return tags(what.who.get(), capability::away_notify);
    }
    capability_set operator()(const chat::real_name_changed& what) const {
        return tags(what.before.get(), capability::setname);
    }
    capability_set operator()(const chat::spoke& what) const {
        return is_multiline(what.text) ? tags(what.by.get(), capability::multiline)
                                       : tags(what.by.get());
    }
    capability_set operator()(const chat::redacted& what) const {
        return tags(what.by.get(), capability::message_redaction);
    }
    capability_set operator()(const chat::edited& what) const {
        capability_set depends = tags(what.by.get(), capability::message_edit);
        depends.add(capability::multiline);
        return depends;
    }
    capability_set operator()(const chat::invited& what) const {
        return tags(what.by.get(), capability::invite_notify);
    }
    template <class Other>
    capability_set operator()(const Other& what) const {
        return tags(source_of(what));
    }

private:
    // Whose line it is.
    template <class Event>
    static const chat::card* source_of(const Event& of) {
        if constexpr (requires { of.by.get(); }) {
            return of.by.get();
        } else if constexpr (requires { of.before.get(); }) {
            return of.before.get();
        } else if constexpr (requires { of.who.get(); }) {
            return of.who.get();
        } else {
            return nullptr;
        }
    }
    static capability_set tags(const chat::card* from) {
        capability_set depends;
        depends.add(capability::message_tags);
        depends.add(capability::server_time);
        if (from != nullptr && from->registered) {
            depends.add(capability::account_tag);
        }
        if (from != nullptr && from->is_operator) {
            depends.add(capability::oper_tag);
        }
        return depends;
    }
    static capability_set tags(const chat::card* from, capability besides) {
        capability_set all = tags(from);
        all.add(besides);
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

bool dialect::tells_each(const chat::event& of, tertulia::session::features as) const {
    return std::holds_alternative<chat::metadata_changed>(of.what) &&
           knows_metadata(capability_set::of_bits(as));
}

tertulia::session::features dialect::relevant(const chat::event& of) const {
    return std::visit(relevance{}, of.what).bits();
}

} // namespace tertulia::irc
