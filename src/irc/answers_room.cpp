// SPDX-License-Identifier: Apache-2.0
// Answers about rooms as numerics: NAMES, TOPIC, MODE, LIST, lists of masks, invitations.
#include "base/glob.hpp"
#include "base/text.hpp"
#include "irc/answer_families.hpp"
#include "irc/answers.hpp"
#include "irc/lines.hpp"
#include "irc/modes.hpp"
#include "irc/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::irc {
namespace {

using base::text_key;

// Bytes of a line without its CR LF.
constexpr std::size_t line_room = 510;

std::string seconds_of(base::wall_time time) {
    return fmt::format("{}",
                       std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
}

std::string listed_name(const chat::member_view& one, bool with_host) {
    const chat::card& who = *one.who;
    return with_host ? fmt::format("{}{}!{}@{}", role_prefix(one.rank), who.nickname.display,
                                   who.user, who.host)
                     : fmt::format("{}{}", role_prefix(one.rank), who.nickname.display);
}

struct list_texts {
    chat::room_list which;
    numeric entry, end;
    text_key end_text;
};

constexpr list_texts lists[] = {
    {chat::room_list::ban, numeric::rpl_banlist, numeric::rpl_endofbanlist,
     text_key::irc_end_of_bans},
    {chat::room_list::ban_exception, numeric::rpl_exceptlist, numeric::rpl_endofexceptlist,
     text_key::irc_end_of_exceptions},
    {chat::room_list::invite_exception, numeric::rpl_invexlist, numeric::rpl_endofinvexlist,
     text_key::irc_end_of_invite_exceptions},
};

// A mask that begins with '#' is one of names alone.
bool is_looked_for(const chat::room_view& one, const std::vector<std::string>& masks) {
    const std::string topic = base::fold_mask(one.topic);
    return masks.empty() || std::ranges::any_of(masks, [&](const std::string& mask) {
               return base::glob_match(mask, one.room->name.key) ||
                      (!mask.starts_with('#') && base::glob_match(mask, topic));
           });
}

} // namespace

std::unique_ptr<tertulia::session::listing>
names_listing(const session& to, std::shared_ptr<const chat::names_answer> members) {
    const std::string_view room =
        members->room ? members->room->name.display : as_parameter(members->asked.display);
    std::string first = fmt::format("{} {} {} :", to.head(numeric::rpl_namreply),
                                    members->secret ? "@" : "=", room);
    std::string last = fmt::format("{} {} :{}", to.head(numeric::rpl_endofnames), room,
                                   to.text(text_key::irc_end_of_names));
    const bool with_host = to.capabilities().has(capability::userhost_in_names);
    return make_rows([members = std::move(members), first = std::move(first),
                      last = std::move(last), with_host, next = std::size_t{0},
                      over = false](std::string& out) mutable {
        if (over) {
            return false;
        }
        if (next == members->members.size()) {
            over = true;
            line_end ends(out); // the room's name may be anything that somebody typed
            out += last;
            ends.close();
            return true;
        }
        const std::size_t begin = out.size();
        out += first;
        std::string one = listed_name(members->members[next], with_host);
        do { // at least one: a single name always fits
            out += one;
            out += ' ';
            if (++next == members->members.size()) {
                break;
            }
            one = listed_name(members->members[next], with_host);
        } while (out.size() - begin + one.size() <= line_room);
        out.back() = '\r';
        out += '\n';
        return true;
    });
}

void send_topic(session& to, const chat::room_view& of) {
    const std::string& room = of.room->name.display;
    to.reply(numeric::rpl_topic, {room}, of.topic);
    to.reply(numeric::rpl_topicwhotime, {room, of.topic_by, seconds_of(of.topic_at)});
}

void render(session& to, const chat::names_answer& what) {
    to.list(names_listing(to, std::make_shared<const chat::names_answer>(what)));
}

void render(session& to, const chat::room_answer& what) {
    if (!what.view) {
        to.reply(numeric::err_nosuchchannel, {what.asked.display},
                 to.text(text_key::irc_no_such_room));
        return;
    }
    const std::string& room = what.view->room->name.display;
    if (what.what == chat::room_aspect::modes) {
        const std::vector<std::string> modes = room_mode_parameters(*what.view);
        to.line(fmt::format("{} {} {}", to.head(numeric::rpl_channelmodeis), room,
                            fmt::join(modes, " ")));
        to.reply(numeric::rpl_creationtime, {room, seconds_of(what.view->made_at)});
    } else if (what.view->topic.empty()) {
        to.reply(numeric::rpl_notopic, {room}, to.text(text_key::irc_no_topic));
    } else {
        send_topic(to, *what.view);
    }
}

void render(session& to, const chat::rooms_answer& what) {
    to.reply(numeric::rpl_liststart, {"Channel"}, to.text(text_key::irc_list_start));
    std::string end =
        fmt::format("{} :{}", to.head(numeric::rpl_listend), to.text(text_key::irc_end_of_list));
    to.list(make_rows([rooms = what.rooms, masks = what.masks, start = to.head(numeric::rpl_list),
                       end = std::move(end), next = std::size_t{0}](std::string& out) mutable {
        if (next > rooms.size()) {
            return false;
        }
        if (next < rooms.size() && !is_looked_for(rooms[next], masks)) {
            ++next;
            return true;
        }
        line_end ends(out);
        if (next < rooms.size()) {
            const chat::room_view& one = rooms[next];
            out += fmt::format("{} {} {} :{}", start, one.room->name.display, one.member_count,
                               one.topic);
        } else {
            out += end;
        }
        ends.close();
        ++next;
        return true;
    }));
}

void render(session& to, const chat::mask_list_answer& what) {
    if (!what.room) {
        to.reply(numeric::err_nosuchchannel, {what.asked.display},
                 to.text(text_key::irc_no_such_room));
        return;
    }
    const std::string& room = what.room->name.display;
    if (!what.allowed) {
        to.reply(numeric::err_chanoprivsneeded, {room}, to.text(text_key::irc_needs_operator));
        return;
    }
    const list_texts& of = lists[static_cast<std::size_t>(what.list)];
    for (const chat::mask_entry& one : what.entries) {
        to.reply(of.entry, {room, one.mask, one.set_by, seconds_of(one.set_at)});
    }
    to.reply(of.end, {room}, to.text(of.end_text));
}

void render(session& to, const chat::invitations_answer& what) {
    for (const chat::room_ref& one : what.rooms) {
        to.reply(numeric::rpl_invitelist, {one->name.display});
    }
    to.reply(numeric::rpl_endofinvitelist, {}, to.text(text_key::irc_end_of_invitations));
}

} // namespace tertulia::irc
