// SPDX-License-Identifier: Apache-2.0
// The heart as bytes: every field in a fixed order, numbers in eight bytes, texts with their length
// before them. Made for comparison; nothing reads it back.
#include "chat/state.hpp"

#include <bit>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::chat {
namespace {

class writer {
public:
    void put(std::integral auto number) {
        auto rest = static_cast<std::uint64_t>(number);
        for (int i = 0; i < 8; ++i, rest >>= 8U) {
            bytes_ += static_cast<char>(rest & 0xFFU);
        }
    }
    void put(std::string_view text) {
        put(text.size());
        bytes_ += text;
    }
    void put(base::wall_time time) { put(time.time_since_epoch().count()); }
    template <class Tag>
    void put(base::id<Tag> of) {
        put(of.value);
    }
    void put(session_id of) {
        put(of.node);
        put(of.thread);
        put(of.number);
    }
    void put(const base::name& of) {
        put(of.display);
        put(of.key);
        put(of.skeleton);
        put(of.latin);
    }
    void put(const card& of) {
        put(of.person);
        put(of.nickname);
        put(of.user);
        put(of.host);
        put(of.real_name);
        put(of.connected_at);
        put(of.secure);
        put(of.registered);
        put(of.arrival);
        put(of.bot);
        put(of.is_operator);
    }
    void put(const std::optional<std::uint32_t>& of) {
        put(of.has_value());
        put(of.value_or(0));
    }
    void put(const mask_entry& of) {
        put(of.mask);
        put(of.folded);
        put(of.set_by);
        put(of.set_at);
        put(of.lasts.count());
    }
    void put(const attached& of) {
        put(of.session);
        put(of.address->text);
    }
    void put(const private_conversation& of) {
        put(of.id);
        put(of.with);
        put(of.opened);
    }
    void put(const private_conversations& of) {
        put(of.size());
        for (const auto& [with, one] : of) {
            put(one);
        }
    }
    void put(const read_markers& of) {
        put(of.size());
        for (const auto& [conversation, read_to] : of) {
            put(conversation);
            put(read_to);
        }
    }
    void put(const metadata& of) {
        put(of.size());
        for (const auto& [key, value] : of) {
            put(key);
            put(value);
        }
    }
    void put(const session_facts& of) {
        put(of.session);
        put(of.door);
        put(of.since);
        put(of.spoke_at);
    }
    void put(const shown_certificate& of) {
        put(of.session);
        put(of.fingerprint);
    }
    void put(const open_invitation& of) {
        put(of.room);
        put(of.at);
    }
    void put(const former_name& of) {
        put(of.name);
        put(of.until);
    }
    void put(const partner& of) {
        put(of.who);
        put(of.as);
    }
    void put(const sanction& of) {
        put(of.id);
        put(static_cast<std::uint8_t>(of.kind));
        put(shown(of.whom));
        const auto* const named = std::get_if<by_account>(&of.whom);
        put(named == nullptr ? person_id{} : named->account);
        put(of.by);
        put(of.since);
        put(of.until.has_value());
        put(of.until.value_or(base::wall_time{}));
        put(of.why);
    }
    void put(const report& of) {
        put(of.id);
        put(of.by);
        put(of.whom);
        put(of.about);
        put(of.why);
        put(of.at);
    }
    void put(const account_code& of) {
        put(of.digest);
        put(of.start);
        put(of.uses);
        put(of.used);
        put(of.made_at);
        put(of.until.has_value());
        put(of.until.value_or(base::wall_time{}));
    }
    void put(const listed_word& of) {
        put(of.id);
        put(of.mask);
        put(of.folded);
        put(static_cast<std::uint8_t>(of.action));
        put(of.mutes_for.count());
        put(of.by);
        put(of.since);
    }
    void put(const measure_taken& of) {
        put(of.what.number);
        put(static_cast<std::uint8_t>(of.what.what));
        put(of.what.by);
        put(of.what.whom);
        put(of.what.why);
        put(of.what.until.has_value());
        put(of.what.until.value_or(base::wall_time{}));
        put(of.at);
    }
    void put(const order_state& of) {
        for (const auto& [account, held] : of.operators) {
            put(account);
            put(held.to_ulong());
        }
        put(of.claimed);
        for (const auto& [id, one] : of.sanctions) {
            put(one);
        }
        for (const auto& [id, one] : of.reports) {
            put(one);
        }
        put_all(of.codes);
        put_all(*of.words);
        put_all(of.log);
    }
    void put(const token& of) {
        put(of.name);
        put(of.key);
        put(of.made_at);
    }
    void put(const webhook& of) {
        put(of.id);
        put(of.name);
        put(of.key);
        put(of.made_by);
        put(of.made_at);
    }
    void put(const account& of) {
        put(of.id);
        put(of.name);
        put(of.made_at);
        put(of.version);
        put(of.suspended);
        put_all(of.rooms);
        put_all(of.invitations);
        put(of.conversations);
        put(of.markers);
        put(of.about);
        put(of.language);
        put_all(of.certificates);
        put_all(of.silences);
        put_all(of.tokens);
        put(of.present != nullptr);
    }
    void put(const person& of) {
        put(*of.card);
        put(of.spoke_at());
        put(of.invisible);
        put_all(of.sessions);
        put(of.seats.size());
        for (const seat& one : of.seats) {
            put(one.where->id());
        }
        const particulars none;
        const particulars& rare = of.rare ? *of.rare : none;
        put(rare.away.has_value());
        put(rare.away.value_or(""));
        put_all(rare.unseen);
        put_all(rare.invitations);
        put(rare.conversations);
        put(rare.markers);
        put(rare.about);
        put_all(rare.facts);
        put_all(rare.silences);
        put_all(rare.shown);
    }
    void put(const room& of) {
        put(of.card->id);
        put(of.card->name);
        put(of.made_at);
        put(of.topic);
        put(of.topic_by);
        put(of.topic_at);
        put(of.flags.to_ulong());
        put(of.password);
        put(of.capacity);
        put(of.slow_s);
        put(of.history_days);
        put(of.slowed.size());
        for (const auto& [who, spoke_at] : of.slowed) {
            put(who);
            put(spoke_at);
        }
        for (const std::vector<mask_entry>& list : of.lists) {
            put_all(list);
        }
        put(of.access.size());
        for (const auto& [account, rank] : of.access) {
            put(account);
            put(static_cast<std::uint8_t>(rank));
        }
        put(of.kept);
        put(of.always);
        put(of.empty_since.has_value());
        put(of.empty_since.value_or(base::wall_time{}));
        put_all(of.former);
        put(of.about);
        put_all(of.webhooks);
        put(of.members.size());
        for (const member& one : of.members) {
            put(one.who->id());
            put(static_cast<std::uint8_t>(one.rank));
        }
    }
    template <class Range>
    void put_all(const Range& of) {
        put(of.size());
        for (const auto& one : of) {
            put(one);
        }
    }

    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

} // namespace

std::string heart::snapshot() const {
    writer to;
    to.put(state_->number);
    to.put(state_->reserved);
    to.put(state_->time);
    to.put(state_->persons_max);
    to.put(state_->invisible_count);
    to.put(state_->history_swept_at);
    for (const auto& [id, one] : state_->persons) {
        to.put(one);
    }
    to.put(state_->whowas.size());
    for (const departed& one : state_->whowas) {
        to.put(*one.who);
        to.put(one.left_at);
    }
    for (const auto& [session, nicknames] : state_->watches) {
        to.put(session);
        to.put_all(nicknames);
    }
    to.put_all(state_->redactions);
    for (const auto& [key, one] : state_->rooms) {
        to.put(one);
    }
    for (const auto& [id, one] : state_->accounts) {
        to.put(one);
    }
    to.put(state_->order);
    for (const auto& [id, one] : state_->conversations) {
        to.put(id);
        to.put(one.one);
        to.put(one.other);
    }
    return to.take();
}

} // namespace tertulia::chat
