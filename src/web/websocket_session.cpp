// SPDX-License-Identifier: Apache-2.0
#include "web/websocket_session.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"
#include "base/web_limits.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace tertulia::web {
namespace {

namespace limits = base::limits;
namespace status = wire::websocket_status;
using wire::websocket_frame;
using wire::websocket_opcode;

class framed_listing final : public session::listing {
public:
    framed_listing(std::unique_ptr<session::listing> of, websocket_opcode frame)
        : of_(std::move(of)), frame_(frame) {}

    // A line may be spread over two slices.
    bool next(std::string& out) override {
        const bool more = of_->next(lines_);
        const std::size_t end = more ? lines_.rfind('\n') + 1 : lines_.size();
        append_framed(std::string_view(lines_).substr(0, end), frame_, out);
        lines_.erase(0, end);
        return more;
    }

private:
    std::unique_ptr<session::listing> of_;
    websocket_opcode frame_;
    std::string lines_;
};

session::output::piece framed(session::output::piece of, websocket_opcode as) {
    if (auto* const list = std::get_if<std::unique_ptr<session::listing>>(&of)) {
        return std::make_unique<framed_listing>(std::move(*list), as);
    }
    std::string made;
    append_framed(std::get<std::string>(of), as, made);
    return made;
}

} // namespace

// Lets the inner protocol speak, and frames what it said; before it, `out` may hold frames already.
template <class Call>
void websocket_session::framing(session::output& out, std::uint16_t with, Call call) {
    std::vector<session::output::piece> before = std::exchange(out.pieces, {});
    call();
    for (session::output::piece& each : out.pieces) {
        before.push_back(framed(std::move(each), speaks_.frame()));
    }
    out.pieces = std::move(before);
    if (out.close && !std::exchange(closed_, true)) {
        wire::append_server_close(with, *out.close, out.text());
    }
}

void websocket_session::begin(base::moment now, session::output& out) {
    ping_at_ = now.steady + limits::websocket_ping_each;
    framing(out, status::normal, [&] { inner_->begin(now, out); });
}

std::size_t websocket_session::receive(std::string_view bytes, base::moment now,
                                       session::output& out) {
    std::size_t taken = 0;
    while (!closed_ && taken < bytes.size()) {
        const wire::websocket_reading read =
            wire::read_client_frame(bytes.substr(taken), limits::websocket_message_size_max);
        if (read.fault != 0) {
            fail(read.fault, out);
        } else if (read.size == 0 || !take_frame(read.frame, now, out)) {
            break;
        }
        taken += read.size;
    }
    return closed_ ? bytes.size() : taken;
}

// False: the inner protocol takes nothing now, and the frame is to be offered again.
bool websocket_session::take_frame(const websocket_frame& frame, base::moment now,
                                   session::output& out) {
    if (wire::is_control(frame.what)) {
        take_control(frame, out);
        return true;
    }
    return take_data(frame, now, out);
}

void websocket_session::take_control(const websocket_frame& frame, session::output& out) {
    std::string payload;
    frame.append_payload(payload);
    if (frame.what == websocket_opcode::ping) {
        wire::append_server_frame(websocket_opcode::pong, payload, out.text());
    } else if (frame.what == websocket_opcode::close) {
        const auto why = wire::read_close_status(payload);
        const std::uint16_t answer = !why                        ? status::protocol_error
                                     : why == status::none_given ? status::normal
                                                                 : *why;
        end(answer, {}, std::string(base::text(language_, base::text_key::left_closed)), out);
    }
}

bool websocket_session::take_data(const websocket_frame& frame, base::moment now,
                                  session::output& out) {
    const bool continues = frame.what == websocket_opcode::continuation;
    if (continues != fragmented_) {
        fail(status::protocol_error, out);
        return true;
    }
    if (fragments_.size() + frame.masked.size() > limits::websocket_message_size_max) {
        fail(status::too_big, out);
        return true;
    }
    const bool text = continues ? fragments_are_text_ : frame.what == websocket_opcode::text;
    if (!frame.final) {
        frame.append_payload(fragments_);
        fragmented_ = true;
        fragments_are_text_ = text;
        return true;
    }
    std::string message = fragments_;
    frame.append_payload(message);
    if (!take_message(std::move(message), text, now, out)) {
        return false;
    }
    std::string().swap(fragments_);
    fragmented_ = false;
    return true;
}

// A line break at its end is forgiven; one inside would be a second line.
bool websocket_session::take_message(std::string message, bool text, base::moment now,
                                     session::output& out) {
    while (message.ends_with('\n') || message.ends_with('\r')) {
        message.pop_back();
    }
    if ((text && !base::valid_utf8(message)) || message.find('\n') != std::string::npos) {
        fail(status::invalid_data, out);
        return true;
    }
    if (message.empty()) {
        return true;
    }
    message += "\r\n";
    std::size_t taken = 0;
    framing(out, status::normal, [&] { taken = inner_->receive(message, now, out); });
    ASSERT(taken == 0 || taken == message.size());
    return taken > 0;
}

void websocket_session::fail(std::uint16_t why, session::output& out) {
    end(why, {}, std::string(base::text(language_, base::text_key::left_broken)), out);
}

void websocket_session::end(std::uint16_t why, std::string_view words, std::string reason,
                            session::output& out) {
    if (!std::exchange(closed_, true)) {
        wire::append_server_close(why, words, out.text());
    }
    out.close = std::move(reason);
}

void websocket_session::deliver(const chat::event& of, base::moment now, session::output& out) {
    framing(out, status::normal, [&] { inner_->deliver(of, now, out); });
}

void websocket_session::deliver_read(const session::read_answer& page, base::moment now,
                                     session::output& out) {
    framing(out, status::normal, [&] { inner_->deliver_read(page, now, out); });
}

void websocket_session::deliver_check(const session::credential_answer& answer, base::moment now,
                                      session::output& out) {
    framing(out, status::normal, [&] { inner_->deliver_check(answer, now, out); });
}

void websocket_session::deliver_chore(session::chore_done what, base::moment now,
                                      session::output& out) {
    framing(out, status::normal, [&] { inner_->deliver_chore(std::move(what), now, out); });
}

void websocket_session::tick(base::moment now, session::output& out) {
    if (now.steady >= ping_at_) {
        ping_at_ = now.steady + limits::websocket_ping_each;
        wire::append_server_frame(websocket_opcode::ping, {}, out.text());
    }
    if (now.steady >= inner_->wakes_at()) {
        framing(out, status::normal, [&] { inner_->tick(now, out); });
    }
}

void websocket_session::reconfigured(base::moment now, session::output& out) {
    framing(out, status::normal, [&] { inner_->reconfigured(now, out); });
}

base::steady_time websocket_session::wakes_at() const {
    return std::min(ping_at_, inner_->wakes_at());
}

void websocket_session::farewell(std::string_view reason, session::output& out) {
    framing(out, status::going_away, [&] { inner_->farewell(reason, out); });
}

} // namespace tertulia::web
