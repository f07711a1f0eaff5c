// SPDX-License-Identifier: Apache-2.0
// Bytes, time and deeds of a classic client; what it hears is hearing.cpp's.
#include "classic/client.hpp"

#include "base/characters.hpp"
#include "base/classic_limits.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "classic/texts.hpp"
#include "classic/turn.hpp"
#include "session/scrutiny.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace tertulia::classic {
namespace {

namespace limits = base::limits;
using namespace std::chrono_literals;

constexpr auto character_patience = 50ms; // for the rest of one
constexpr auto rename_interval = 10s;

std::chrono::milliseconds deed_cost(const settings& rules) {
    return std::chrono::milliseconds(1000 / std::max(rules.lines_per_second, 1U));
}

} // namespace

client::client(const dialect& speaks, entrance at, visitor who, base::moment now)
    : speaks_(speaks), at_(std::move(at)), from_(std::move(who)), since_(now.steady),
      renamed_at_(now.steady - rename_interval) {}

client::~client() = default;

void client::begin(base::moment now, session::output& out) {
    const turn under_way(*this, now, out);
    if (rules().password_asked) {
        close(word(base::text_key::classic_password));
    } else if (!rules().guests && !speaks_.has_accounts()) {
        close(word(base::text_key::classic_no_guests));
    } else if (rules().guest_code_asked && !speaks_.has_accounts()) {
        close(word(base::text_key::classic_code_asked));
    } else {
        opens();
    }
}

std::size_t client::receive(std::string_view bytes, base::moment now, session::output& out) {
    const turn under_way(*this, now, out);
    if (closing_) {
        return bytes.size();
    }
    if (backlog() >= limits::classic_messages_waiting_max) {
        return 0;
    }
    const bool waits = !held_.empty();
    held_.append(bytes);
    if (held_.size() < limits::classic_message_size_max && base::ends_within_character(held_)) {
        held_until_ = waits ? held_until_ : now_.steady + character_patience;
    } else if (!held_.empty()) {
        reads(std::exchange(held_, {}));
    }
    work();
    return bytes.size();
}

void client::tick(base::moment now, session::output& out) {
    const turn under_way(*this, now, out);
    if (closing_) {
        return;
    }
    if (!held_.empty() && now.steady >= held_until_) {
        reads(std::exchange(held_, {}));
    }
    if (!entering_ && now.steady >= since_ + patience()) {
        close(word(base::text_key::classic_too_late));
        return;
    }
    if (now.steady >= waits_until()) {
        wakes();
    }
    work();
}

base::steady_time client::wakes_at() const {
    base::steady_time next = std::min(pace_.due_at(), waits_until());
    if (!held_.empty()) {
        next = std::min(next, held_until_);
    }
    if (!entering_) {
        next = std::min(next, since_ + patience());
    }
    if ((!deeds_.empty() || !pieces_.empty()) && may_work()) {
        next = std::min(next, deed_allowed_at());
    }
    return closing_ ? base::steady_time::max() : next;
}

base::steady_time client::waits_until() const { return base::steady_time::max(); }

void client::farewell(std::string_view reason, session::output& out) {
    out.close = reason;
    closing_ = true;
}

void client::deliver_check(const session::credential_answer& answer, base::moment now,
                           session::output& out) {
    const turn under_way(*this, now, out);
    if (!closing_) {
        checked(answer);
        work();
    }
}

void client::deliver_read(const session::read_answer& /*page*/, base::moment /*now*/,
                          session::output& /*out*/) {}

void client::wishes(std::string_view name) {
    deeds_.push_back({deed::kind::wish, std::string(name)});
}

void client::says(std::string text) {
    if (!text.empty()) {
        deeds_.push_back({deed::kind::speech, std::move(text)});
    }
}

void client::leaves() { deeds_.push_back({deed::kind::end, {}}); }

// Not before she is in, and not while she waits for a name: what she says is said under it.
bool client::may_work() const { return room_ && !naming_ && !closing_; }

// As at the other doors: a deed costs 1/lines_per_second, and `burst` of them may be ahead.
base::steady_time client::deed_allowed_at() const {
    if (!rules().rate_limited) {
        return {};
    }
    return paid_at_ - deed_cost(rules()) * (std::max(rules().burst, 1U) - 1);
}

void client::charge() { paid_at_ = std::max(paid_at_, now_.steady) + deed_cost(rules()); }

void client::work() {
    while ((!deeds_.empty() || !pieces_.empty()) && may_work() &&
           deed_allowed_at() <= now_.steady) {
        if (!pieces_.empty()) {
            charge();
            say_next_piece();
            continue;
        }
        deed next = std::move(deeds_.front());
        deeds_.pop_front();
        switch (next.what) {
        case deed::kind::wish: start_naming(next.text); break;
        case deed::kind::speech:
            charge();
            if (const auto why = objection_to(room_->name, next.text)) {
                note(*why);
            } else {
                speak(room_->name, next.text);
            }
            break;
        case deed::kind::end:
            out_->close = word(base::text_key::left_closed);
            closing_ = true;
            break;
        }
    }
}

void client::enter(std::string_view wish) {
    entering_ = true;
    known_as_ = wish;
    naming_ = naming{};
    naming_->base = stem_of(wish);
    ask_for_name();
}

void client::start_naming(std::string_view wish) {
    if (wish.empty() || wish == known_as_ || now_.steady < renamed_at_ + rename_interval) {
        return;
    }
    known_as_ = wish;
    renamed_at_ = now_.steady;
    std::string from_wish = stem_of(wish);
    if (from_wish.empty() || from_wish == self_->nickname.display) {
        return;
    }
    charge();
    naming_ = naming{};
    naming_->base = std::move(from_wish);
    ask_for_name();
}

// A name that nobody may have is as good as none.
std::string client::stem_of(std::string_view wish) {
    std::string made = nickname_from(wish, limits::nickname_length_max);
    auto named = base::make_nickname(made);
    if (!named) {
        return made;
    }
    chat::command renaming = chat::rename{std::move(*named)};
    return objection_to(renaming) ? "" : made;
}

// "ana", "ana2" to "ana9", then with the number of her coming, which is hers alone.
base::name client::next_name() {
    const std::uint32_t tries = ++naming_->tries;
    std::string number = tries > 1 ? fmt::format("{}", tries) : "";
    if (tries >= 10 || naming_->base.empty()) {
        number = fmt::format("{}", from_.arrival) + std::string(tries > 10 ? tries - 10 : 0, '_');
    }
    const std::string stem = naming_->base.empty() ? "invitado" : naming_->base;
    auto made = base::make_nickname(
        nickname_from(stem, limits::nickname_length_max - number.size()) + number);
    return made ? std::move(*made) : *base::make_nickname("invitado" + number);
}

void client::ask_for_name() {
    base::name wish = next_name();
    if (self_) {
        naming_->serial = submit(chat::rename{std::move(wish)});
        return;
    }
    naming_->serial = submit(coming_as(std::move(wish)));
}

chat::connect client::coming_as(base::name nickname) const {
    chat::connect coming;
    coming.nickname = std::move(nickname);
    coming.user = speaks_.name();
    coming.host = from_.host;
    coming.address = from_.address;
    const std::string shown = speaks_.origin_address(from_);
    coming.real_name = fmt::format("{}{}{}", speaks_.name(), shown.empty() ? "" : " ", shown);
    coming.per_address_max = rules().sessions_per_address_max;
    coming.arrival = from_.arrival;
    return coming;
}

void client::enter_as(const session::proved& who) {
    entering_ = true;
    chat::connect coming = coming_as(who.account);
    coming.as = who.as;
    submit(std::move(coming));
}

std::optional<std::string> client::objection_to(chat::command& wish) {
    const auto found = session::scrutinise(rules().manners, self_.get(), wish, now().wall);
    if (found.met && self_) {
        submit(chat::meet_word{*found.met});
    }
    return found.against ? std::optional(session::in_words(rules().language, *found.against))
                         : std::nullopt;
}

std::optional<std::string> client::objection_to(const base::name& target, std::string& text) {
    chat::speak wish;
    wish.target = target;
    wish.text = text;
    chat::command said = std::move(wish);
    auto why = objection_to(said);
    text = std::move(std::get<chat::speak>(said).text);
    return why;
}

// In pieces that a line of IRC holds with its source before it, so that nobody hears less. Each
// counts as a line: what is longer than a burst comes as slowly as lines would.
void client::speak(const base::name& target, std::string_view text) {
    constexpr std::size_t line_break = 2;
    const std::size_t around =
        fmt::formatted_size(":{}!{}@{} PRIVMSG {} :", self_->nickname.display, self_->user,
                            self_->host, target.display) +
        line_break;
    for (std::string& piece : cut(text, limits::line_size_max - around)) {
        chat::speak said;
        said.target = target;
        said.text = std::move(piece);
        pieces_.push_back(std::move(said));
    }
    say_next_piece();
}

void client::say_next_piece() {
    spoken_serial_ = submit(chat::command(std::move(pieces_.front())));
    pieces_.pop_front();
}

void client::write(const writes& message) { pace_.push(message, speaks_.form()); }

void client::note(std::string_view text) { write(speaks_.noted(text)); }

std::string client::word(base::text_key what) const {
    return std::string(base::text(rules().language, what));
}

void client::close(const std::string& last_word) {
    for (const std::string& one : speaks_.noted(last_word)) {
        out_->text() += one;
    }
    out_->close = last_word;
    closing_ = true;
}

// At most one write in a turn: what comes in the same turn would arrive as one read.
void client::flush() {
    if (const auto next = pace_.next(now_.steady, speaks_.form().pause); next && !closing_) {
        out_->text() += *next;
    }
    if (const std::uint32_t missed = pace_.take_omitted(); missed > 0) {
        note(missed == 1 ? word(base::text_key::classic_one_omitted)
                         : base::say(rules().language, base::text_key::classic_omitted,
                                     {fmt::format("{}", missed)}));
    }
}

std::uint32_t client::submit(chat::command what) {
    out_->requests.push_back({++serial_, std::move(what)});
    return serial_;
}

std::uint32_t client::submit(chat::question what) {
    out_->requests.push_back({++serial_, std::move(what)});
    return serial_;
}

} // namespace tertulia::classic
