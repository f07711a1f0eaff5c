// SPDX-License-Identifier: Apache-2.0
#include "web/http_session.hpp"

#include "base/address_key.hpp"
#include "base/assert.hpp"
#include "base/web_limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <variant>

namespace tertulia::web {
namespace {

namespace limits = base::limits;

// How soon is noticed that a long answer has left.
constexpr std::chrono::milliseconds sending_looked_after{250};

} // namespace

struct http_session::turn {
    turn(http_session& whose, base::moment at, session::output& into)
        : of(whose), now(at), out(into) {
        of.turn_ = this;
    }
    ~turn() {
        of.end_request_when_done();
        of.turn_ = nullptr;
    }
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;

    http_session& of;
    base::moment now;
    session::output& out;
};

// A body as it leaves: cut into chunks where its size was not told, and watched.
class watched_listing final : public session::listing {
public:
    watched_listing(std::unique_ptr<session::listing> of, std::optional<std::uint64_t> size,
                    bool chunked, std::shared_ptr<http_session::sending> watched)
        : of_(std::move(of)), left_(size), chunked_(chunked), watched_(std::move(watched)) {}

    bool next(std::string& out) override {
        const std::size_t before = out.size();
        if (!chunked_) {
            const bool more = of_->next(out);
            return count(out.size() - before, out, before) && more ? true : end();
        }
        piece_.clear();
        const bool more = of_->next(piece_);
        if (!piece_.empty()) {
            out += fmt::format("{:x}\r\n{}\r\n", piece_.size(), piece_);
        }
        if (!more) {
            out += "0\r\n\r\n";
        }
        return more ? true : end();
    }

private:
    // What is beyond the announced size would be read as the next answer.
    bool count(std::size_t size, std::string& out, std::size_t before) {
        if (!left_) {
            return true;
        }
        if (size > *left_) {
            out.resize(before + static_cast<std::size_t>(*left_));
            left_ = 0;
            return false;
        }
        *left_ -= size;
        return true;
    }
    bool end() {
        watched_->ended = true;
        watched_->broken = left_.value_or(0) > 0;
        return false;
    }

    std::unique_ptr<session::listing> of_;
    std::optional<std::uint64_t> left_;
    bool chunked_;
    std::string piece_;
    std::shared_ptr<http_session::sending> watched_;
};

http_session::http_session(const site& of, caller from, base::moment now)
    : site_(of), from_(std::move(from)), deadline_(now.steady + limits::http_head_timeout) {}

http_session::~http_session() = default;

void http_session::begin(base::moment /*now*/, session::output& /*out*/) {}

base::moment http_session::now() const { return turn_->now; }

std::size_t http_session::receive(std::string_view bytes, base::moment now, session::output& out) {
    const turn under_way(*this, now, out);
    std::size_t taken = 0;
    while (taken < bytes.size() && takes_input()) {
        const std::string_view rest = bytes.substr(taken);
        const std::size_t step = body_.ended() ? take_head(rest) : take_body(rest);
        if (step == 0) {
            break;
        }
        taken += step;
        end_request_when_done();
    }
    return closing_ && !sending_ ? bytes.size() : taken;
}

// The next request waits for the end of the answer before it.
bool http_session::takes_input() const {
    if (closing_ || gone_ || awaits_ || is_sending()) {
        return false;
    }
    return !body_.ended() || !handler_;
}

std::size_t http_session::take_head(std::string_view bytes) {
    sending_.reset();
    if (std::string_view("\r\n").starts_with(bytes)) {
        return 0; // an old client's last body ends so; nobody has begun to ask
    }
    if (std::exchange(idle_, false)) {
        deadline_ = turn_->now.steady + limits::http_head_timeout;
    }
    wire::http_reading read = wire::read_http_head(bytes, limits::http_head_size_max);
    if (read.refusal != 0) {
        asked_ = {}; // what was asked before has nothing to do with it
        refuse(read.refusal);
        return bytes.size();
    }
    if (read.size == 0) {
        return 0;
    }
    asked_ = {};
    asked_.head = std::move(read.head);
    asked_.from = from_;
    site_.trusted.find_sender(asked_);
    turn_->out.recognised = true;
    begin_request();
    return read.size;
}

// Who comes by a proxy is counted by the request: the connections are the proxy's.
std::chrono::milliseconds http_session::wait_of_relayed() const {
    if (!asked_.relayed || site_.relayed == nullptr) {
        return {};
    }
    const std::string who = std::to_string(base::address_key(asked_.from.address));
    return site_.relayed->with([&](rates& of) { return of.take(who, turn_->now.steady); });
}

void http_session::begin_request() {
    responded_ = told_end_ = false;
    keep_alive_ = asked_.head.keep_alive;
    if (!read_target(asked_)) {
        refuse(400);
        return;
    }
    const found_route found = find_route(site_.routes, asked_.head.method, asked_.path);
    body_ = wire::http_body(asked_.head);
    body_since_ = body_heard_at_ = turn_->now.steady;
    body_max_ = limits::http_skipped_size_max;
    if (const auto wait = wait_of_relayed(); wait > std::chrono::milliseconds::zero()) {
        respond(slow_down(wait, "Too many requests come from your address."));
        return;
    }
    if (found.of == nullptr) {
        if (found.allowed.empty()) {
            respond(refusal(404, "not_found", "There is nothing here."));
            return;
        }
        response no = refusal(405, "method_not_allowed", "This is for " + found.allowed + ".");
        no.fields.push_back({"Allow", found.allowed});
        respond(std::move(no));
        return;
    }
    body_max_ = found.of->body_max;
    const bool reads_only = asked_.head.method == "GET" || asked_.head.method == "HEAD";
    if (asked_.head.content_length.value_or(0) > body_max_) {
        refuse(413);
    } else if (!reads_only && found.of->from == origins::own_pages && !asked_.same_origin()) {
        respond(refusal(403, "other_origin", "This comes from a page of another site."));
    } else {
        handler_ = found.of->make();
        handler_->begin(*this);
        if (!responded_ && !gone_ && asked_.head.expects_continue && !body_.ended()) {
            turn_->out.text() += "HTTP/1.1 100 Continue\r\n\r\n";
        }
        hear_end_of_body();
    }
}

std::size_t http_session::take_body(std::string_view bytes) {
    const wire::http_body::piece got = body_.take(bytes);
    if (got.malformed) {
        refuse(400);
        return bytes.size();
    }
    if (got.taken > 0) {
        body_heard_at_ = turn_->now.steady;
    }
    if (body_.size() > (responded_ ? limits::http_skipped_size_max : body_max_)) {
        refuse(413);
        return bytes.size();
    }
    if (handler_ && !responded_ && !got.payload.empty()) {
        handler_->take_body(got.payload, *this);
    }
    hear_end_of_body();
    return got.taken;
}

// It is told of the end when it has no question open; until then no input is taken.
void http_session::hear_end_of_body() {
    if (handler_ && !responded_ && !gone_ && !awaits_ && body_.ended() && !told_end_) {
        told_end_ = true;
        handler_->end_body(*this);
    }
}

// An answer that comes after the response is nobody's.
void http_session::deliver(const chat::event& of, base::moment now, session::output& out) {
    const turn under_way(*this, now, out);
    if (of.cause.serial != serial_) {
        return;
    }
    if (std::holds_alternative<chat::done>(of.what)) {
        hear_answer();
    }
    if (handler_ && !responded_) {
        handler_->hear_event(of, *this);
        hear_end_of_body();
    }
}

void http_session::deliver_read(const session::read_answer& page, base::moment now,
                                session::output& out) {
    const turn under_way(*this, now, out);
    hear_answer();
    if (handler_ && !responded_) {
        handler_->hear_read(page, *this);
        hear_end_of_body();
    }
}

void http_session::deliver_check(const session::credential_answer& answer, base::moment now,
                                 session::output& out) {
    const turn under_way(*this, now, out);
    hear_answer();
    if (handler_ && !responded_) {
        handler_->hear_check(answer, *this);
        hear_end_of_body();
    }
}

void http_session::deliver_chore(session::chore_done what, base::moment now, session::output& out) {
    const turn under_way(*this, now, out);
    hear_answer();
    if (handler_ && !responded_) {
        handler_->hear_chore(std::move(what), *this);
        hear_end_of_body();
    }
}

void http_session::ask() {
    ASSERT(!awaits_ && !responded_ && !gone_);
    awaits_ = true;
    asked_at_ = turn_->now.steady;
}

// The time that we took is not the client's.
void http_session::hear_answer() {
    if (std::exchange(awaits_, false)) {
        body_since_ += turn_->now.steady - asked_at_;
        body_heard_at_ = turn_->now.steady;
    }
}

void http_session::submit(chat::command what) {
    ask();
    turn_->out.requests.push_back({++serial_, std::move(what)});
}

void http_session::submit(chat::question what) {
    ask();
    turn_->out.requests.push_back({++serial_, std::move(what)});
}

void http_session::read(session::read_query what) {
    ask();
    turn_->out.read = std::move(what);
}

void http_session::check(session::credential_query::what_of what) {
    ask();
    turn_->out.check =
        session::credential_query{base::address_key(asked_.from.address), std::move(what)};
}

void http_session::work(std::unique_ptr<session::chore> what) {
    ask();
    turn_->out.chore = std::move(what);
}

void http_session::hand_over(std::string head, std::unique_ptr<session::protocol> to) {
    ASSERT(!responded_ && !gone_);
    gone_ = true;
    turn_->out.text() += head;
    turn_->out.successor = std::move(to);
}

void http_session::respond(response what) {
    ASSERT(!responded_ && !gone_);
    const std::uint64_t rest = asked_.head.content_length.value_or(0) - body_.size();
    if (!body_.ended() && (rest > limits::http_skipped_size_max || asked_.head.expects_continue)) {
        keep_alive_ = false;
    }
    send(std::move(what));
}

void http_session::send(response what) {
    responded_ = true;
    const bool head_only = asked_.head.method == "HEAD";
    auto* const stream = std::get_if<streamed>(&what.body);
    if (stream != nullptr && !stream->size && asked_.head.minor_version == 0) {
        keep_alive_ = false; // its end is the connection's
    }
    session::output& out = turn_->out;
    out.text() += response_head(what, {turn_->now.wall, keep_alive_, asked_.head.minor_version});
    if (head_only || what.status == 304) {
        return;
    }
    if (stream != nullptr) {
        sending_ = std::make_shared<sending>();
        deadline_ = turn_->now.steady + sending_looked_after;
        const bool chunked = !stream->size && asked_.head.minor_version == 1;
        out.list(std::make_unique<watched_listing>(std::move(stream->of), stream->size, chunked,
                                                   sending_));
    } else if (const auto* const own = std::get_if<std::string>(&what.body)) {
        out.text() += *own;
    } else {
        out.text() += std::get<std::string_view>(what.body);
    }
}

// What could not be understood leaves nobody knowing where the next request begins.
void http_session::refuse(unsigned status) {
    keep_alive_ = false;
    body_ = {};
    if (!responded_) {
        send(refusal(status, status == 413 ? "too_large" : "bad_request",
                     status == 413 ? "That is too long." : "This request cannot be understood."));
    }
    closing_ = true;
}

void http_session::end_request_when_done() {
    if (responded_ && handler_ && (body_.ended() || !keep_alive_)) {
        handler_.reset();
    }
    if (!responded_ || gone_ || (!body_.ended() && keep_alive_)) {
        return;
    }
    if (is_sending()) {
        return; // looked after by tick()
    }
    if (!keep_alive_ || closing_ || (sending_ && sending_->broken)) {
        close();
    } else {
        sending_.reset();
        responded_ = false;
        idle_ = true;
        deadline_ = turn_->now.steady + limits::http_idle_timeout;
    }
}

bool http_session::is_sending() const { return sending_ && !sending_->ended; }

void http_session::close() {
    closing_ = true;
    sending_.reset();
    turn_->out.close = std::string();
}

void http_session::tick(base::moment now, session::output& out) {
    const turn under_way(*this, now, out);
    end_request_when_done(); // the answer may have left meanwhile
    if (is_sending()) {
        deadline_ = now.steady + sending_looked_after;
        return;
    }
    if (closing_ || now.steady < wakes_at()) {
        return;
    }
    if (!body_.ended() || (!handler_ && !idle_)) {
        refuse(408);
    } else if (!handler_) {
        close();
    }
}

base::steady_time http_session::wakes_at() const {
    if (gone_ || awaits_) {
        return base::steady_time::max();
    }
    if (is_sending()) { // what else is due waits for that
        return deadline_;
    }
    if (!body_.ended()) { // the more has come, the more time it has
        const bool large = body_max_ > limits::post_size_max;
        const std::chrono::seconds earned(
            body_.size() / (large ? limits::http_large_body_rate_min : limits::http_body_rate_min));
        return std::min(body_since_ + limits::http_body_grace + earned,
                        body_heard_at_ + limits::http_body_rest_max);
    }
    return handler_ ? base::steady_time::max() : deadline_;
}

void http_session::farewell(std::string_view reason, session::output& out) {
    out.close = std::string(reason);
}

session::own_event http_session::hears_own(const chat::event& /*of*/) const {
    return session::own_event::apart;
}

} // namespace tertulia::web
