// SPDX-License-Identifier: Apache-2.0
// What a session says: replies to its client, requests to the core, and the last words.
#include "irc/attention.hpp"
#include "irc/lines.hpp"
#include "irc/particulars.hpp"
#include "irc/sending.hpp"
#include "irc/session.hpp"
#include "irc/standard_reply.hpp"
#include "irc/turn.hpp"

#include <fmt/format.h>

#include <utility>

namespace tertulia::irc {

std::string_view session::nickname() const {
    return self_ ? std::string_view(self_->nickname.display) : "*";
}

base::moment session::now() const { return turn_->now; }

std::string session::head(numeric number) const {
    return fmt::format(":{} {:03} {}", rules().server_name, std::to_underlying(number), nickname());
}

void session::reply(numeric number, std::initializer_list<std::string_view> middle) {
    std::string made = head(number);
    append_parameters(middle, made);
    line(made);
}

void session::reply(numeric number, std::initializer_list<std::string_view> middle,
                    std::string_view trailing) {
    std::string made = head(number);
    append_parameters(middle, made);
    made += " :";
    made += trailing;
    line(made);
}

void session::fail(std::string_view verb, std::string_view code,
                   std::initializer_list<std::string_view> context, std::string_view description) {
    line(standard_reply(*this, "FAIL", verb, code, context, description));
}

void session::line(std::string_view text, std::string_view tags) {
    std::string made(tags);
    line_end ends(made);
    made += text;
    ends.close();
    write(std::move(made));
}

void session::list(std::unique_ptr<tertulia::session::listing> of) { write(std::move(of)); }

base::language session::language() const {
    return rare_ && rare_->language ? *rare_->language : rules().language;
}

std::string_view session::text(base::text_key what) const { return base::text(language(), what); }

std::string session::say(base::text_key what,
                         std::initializer_list<std::string_view> values) const {
    return base::say(language(), what, values);
}

void session::write(piece what) {
    if (const auto* const text = std::get_if<std::string>(&what);
        text != nullptr && text->empty()) {
        return;
    }
    if (attention_ && turn_->why == cause::line) {
        attention_->answers.write(std::move(what), turn_->out);
    } else if (attention_ && turn_->why == cause::answer) {
        attention_->answers.answer(std::move(what), turn_->out);
    } else {
        append(std::move(what), turn_->out);
    }
}

void session::submit(chat::command what) {
    if (!polite(*this, what, turn_->verb)) {
        return;
    }
    turn_->out.requests.push_back({next_serial(), std::move(what)});
}

void session::submit_as(chat::command what, std::string_view verb) {
    turn_->verb = verb;
    submit(std::move(what));
}

void session::submit_as(chat::question what, std::string_view verb) {
    turn_->verb = verb;
    submit(std::move(what));
}

void session::submit(chat::question what) {
    turn_->out.requests.push_back({next_serial(), std::move(what)});
}

std::uint32_t session::next_serial() {
    if (turn_->follows) {
        return *std::exchange(turn_->follows, std::nullopt);
    }
    attend().answers.submitted(++serial_, turn_->verb);
    return serial_;
}

void session::close(std::string_view last_words, std::string reason) {
    line(fmt::format("ERROR :{}", last_words));
    attend().close = std::move(reason);
    closing_ = true;
}

void session::end_now(base::text_key last_words) { farewell(text(last_words), turn_->out); }

void session::farewell(std::string_view reason, tertulia::session::output& out) {
    std::string& last = out.text();
    line_end ends(last);
    last += "ERROR :";
    last += reason;
    ends.close();
    out.close = reason;
    closing_ = true;
}

} // namespace tertulia::irc
