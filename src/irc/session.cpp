// SPDX-License-Identifier: Apache-2.0
// Bytes and time: how lines are cut from what comes in, which of them may pass, and when a client
// that is silent is given up. What a line brings about is the verbs'.
#include "irc/session.hpp"

#include "base/address_key.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "irc/attention.hpp"
#include "irc/greeting.hpp"
#include "irc/lines.hpp"
#include "irc/particulars.hpp"
#include "irc/standard_reply.hpp"
#include "irc/turn.hpp"
#include "irc/verbs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace tertulia::irc {
namespace {

namespace limits = base::limits;

constexpr std::size_t label_size_max = 64; // labeled-response
constexpr char tls_handshake = '\x16';     // the first byte of a TLS hello, and of no line

struct line_parts {
    std::string_view tags; // with '@' and the blank behind
    std::string_view rest;
};

line_parts split_tags(std::string_view line) {
    if (!line.starts_with('@')) {
        return {{}, line};
    }
    const std::size_t end = std::min(line.find(' '), line.size() - 1) + 1;
    return {line.substr(0, end), line.substr(end)};
}

// `line` comes without its line break, or is not complete.
bool too_long(std::string_view line) {
    constexpr std::size_t line_break = 2;
    const line_parts parts = split_tags(line);
    return parts.tags.size() > limits::client_tags_size_max ||
           parts.rest.size() > limits::line_size_max - line_break;
}

// Not for what a client sends on its own when it comes in.
constexpr auto wait_worth_a_word = std::chrono::seconds{2};

std::chrono::milliseconds line_cost(const settings& rules) {
    return std::chrono::milliseconds(1000 / std::max(rules.lines_per_second, 1U));
}

// Nothing is lost, but who does not know why nothing happens tries again, and waits longer.
bool tell_if_slow(session& by, std::string_view waiting) {
    const auto lines = std::ranges::count(waiting, '\n');
    const auto wait = std::chrono::ceil<std::chrono::seconds>(line_cost(by.rules()) * lines);
    if (wait < wait_worth_a_word) {
        return false;
    }
    const std::string seconds = std::to_string(wait.count());
    const std::string said = by.say(base::text_key::irc_flood_waits, {seconds});
    by.line(standard_reply(by, "NOTE", "*", "FLOOD_CONTROL", {seconds}, said));
    return true;
}

std::string label_of(const wire::irc_line& line, capability_set as) {
    if (!as.has(capability::labeled_response) || !as.has(capability::batch)) {
        return {};
    }
    std::string label = wire::tag_value(line.tags, "label").value_or("");
    if (label.size() > label_size_max || !base::valid_utf8(label)) {
        label.clear();
    }
    return label;
}

std::string_view without_return(std::string_view line) {
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

} // namespace

session::session(const dialect& speaks, peer from, base::moment now)
    : speaks_(speaks), greeting_(std::make_unique<greeting>()), door_(from.door),
      origin_(base::address_key(from.address)), heard_at_(now.steady) {
    greeting_->from = std::move(from);
    greeting_->since = now.steady;
}

session::~session() = default;

void session::identify(std::string_view certificate) { more().certificate = certificate; }

particulars& session::more() {
    if (!rare_) {
        rare_ = std::make_unique<particulars>();
    }
    return *rare_;
}

void session::begin(base::moment /*now*/, tertulia::session::output& /*out*/) {}

// A message in several lines is a batch.
tertulia::session::features session::wants() const {
    capability_set as = capabilities_;
    if (!as.has(capability::batch)) {
        as.remove(capability::multiline);
    }
    return as.bits();
}

std::size_t session::receive(std::string_view bytes, base::moment now,
                             tertulia::session::output& out) {
    turn under_way(*this, now, out);
    under_way.why = cause::line;
    if (greeting_ && !greeting_->spoke && bytes.starts_with(tls_handshake)) {
        end_now(base::text_key::irc_not_irc);
    }
    std::string_view rest = bytes;
    while (!rest.empty() && takes_lines()) {
        const std::size_t end = rest.find('\n');
        const bool complete = end != std::string_view::npos;
        const std::string_view line = without_return(rest.substr(0, end));
        if (skipping_) {
            skipping_ = !complete;
        } else if (too_long(line)) {
            skipping_ = !complete;
            charge_line();
            reply(numeric::err_inputtoolong, {}, text(base::text_key::irc_line_too_long));
        } else if (complete) {
            take_line(line);
        } else {
            break;
        }
        rest.remove_prefix(complete ? end + 1 : rest.size());
    }
    if (rest.size() < bytes.size()) {
        heard_at_ = now.steady;
        pinged_ = false;
    }
    if (!throttled_) {
        told_slow_ = false;
    } else if (!told_slow_ && registered()) {
        told_slow_ = tell_if_slow(*this, rest);
    }
    return closing_ ? bytes.size() : bytes.size() - rest.size();
}

bool session::takes_lines() {
    throttled_ = rules().rate_limited && line_allowed_at() > turn_->now.steady;
    const bool connecting = greeting_ && greeting_->connecting;
    const bool busy = attention_ && (attention_->waiting() || attention_->answers.in_flight() >=
                                                                  limits::commands_in_flight_max);
    return !closing_ && !throttled_ && !connecting && !busy;
}

// A line costs 1/lines_per_second; `burst` of them may be ahead of their time.
base::steady_time session::line_allowed_at() const {
    return lines_paid_at_ - line_cost(rules()) * (std::max(rules().burst, 1U) - 1);
}

// The lines of one message are not counted one by one: it may be pasted, and has its own bounds.
bool session::in_batch(const wire::irc_line& line) const {
    return attention_ && attention_->batch && !attention_->batch->refused &&
           wire::tag_value(line.tags, "batch").has_value();
}

void session::charge_line() {
    lines_paid_at_ = std::max(lines_paid_at_, turn_->now.steady) + line_cost(rules());
}

void session::take_line(std::string_view text) {
    wire::irc_line line;
    const wire::line_fault fault = wire::parse_irc_line(text, line);
    if (fault == wire::line_fault::empty) {
        return;
    }
    if (!in_batch(line)) {
        charge_line();
    }
    if (greeting_) {
        greeting_->spoke = true;
    }
    if (fault == wire::line_fault::malformed) {
        fail("*", "MALFORMED_LINE", {}, this->text(base::text_key::irc_malformed));
        return;
    }
    const std::string label = label_of(line, capabilities_);
    if (!label.empty()) {
        attend().answers.begin_line(label);
    }
    if (base::valid_utf8(text)) {
        pass_door(line);
    } else {
        fail(in_capitals(line.verb), "INVALID_UTF8", {}, this->text(base::text_key::irc_not_utf8));
    }
    if (attention_) {
        attention_->answers.end_line(turn_->out);
    }
}

void session::pass_door(const wire::irc_line& line) {
    const verb* const found = find_verb(line.verb);
    if (found == nullptr) {
        reply(numeric::err_unknowncommand, {line.verb}, text(base::text_key::irc_unknown_command));
    } else if (found->when == phase::after && !registered()) {
        reply(numeric::err_notregistered, {}, text(base::text_key::irc_not_registered));
    } else if (found->when == phase::before && registered()) {
        reply(numeric::err_alreadyregistered, {}, text(base::text_key::irc_already_registered));
    } else if (line.parameter_count < found->parameters_min) {
        reply(numeric::err_needmoreparams, {found->name},
              text(base::text_key::irc_not_enough_parameters));
    } else {
        turn_->verb = found->name;
        found->handle(*this, line);
    }
}

void session::tick(base::moment now, tertulia::session::output& out) {
    const turn under_way(*this, now, out);
    throttled_ = false;
    if (now.steady < silent_until()) {
        return;
    }
    if (greeting_) {
        end_now(base::text_key::irc_registration_timeout);
    } else if (pinged_) {
        end_now(base::text_key::irc_ping_timeout);
    } else {
        line(fmt::format("PING :{}", rules().server_name));
        pinged_ = true;
        heard_at_ = now.steady;
    }
}

base::steady_time session::silent_until() const {
    if (greeting_) {
        return greeting_->since + rules().registration_timeout;
    }
    return heard_at_ + (pinged_ ? rules().ping_timeout : rules().ping_after);
}

base::steady_time session::wakes_at() const {
    return throttled_ ? std::min(silent_until(), line_allowed_at()) : silent_until();
}

attention& session::attend() {
    if (!attention_) {
        attention_ = std::make_unique<attention>(rules().server_name);
    }
    return *attention_;
}

session::turn::turn(session& whose, base::moment at, tertulia::session::output& into)
    : of(whose), now(at), out(into) {
    of.turn_ = this;
}

// What has come to its end goes: an end that waited for answers, and what an idle session needs
// not.
session::turn::~turn() {
    of.turn_ = nullptr;
    if (!of.attention_) {
        return;
    }
    attention& under_way = *of.attention_;
    if (under_way.close && under_way.answers.idle() && !under_way.waiting()) {
        out.close = std::move(*under_way.close);
        under_way.close.reset();
    }
    if (under_way.idle()) {
        of.attention_.reset();
    }
}

} // namespace tertulia::irc
