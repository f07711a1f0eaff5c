// SPDX-License-Identifier: Apache-2.0
#include "sim/client.hpp"

#include "wire/irc_line.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>
#include <variant>

namespace tertulia::sim {
namespace {

irc::peer peer_of(chat::session_id session) {
    return {address_of(session), address_of(session), false};
}

} // namespace

std::string address_of(chat::session_id session) {
    constexpr std::uint32_t addresses = 4;
    return fmt::format("10.0.0.{}", session.number % addresses);
}

client::client(const irc::dialect& speaks, chat::session_id id, base::moment now)
    : id_(id), tokens_(speaks.tokens()), protocol_(speaks, peer_of(id), now) {
    protocol_.begin(now, out_);
    take(out_);
    out_.clear();
}

void client::types(std::string_view line) {
    typed_ += line;
    typed_ += "\r\n";
}

void client::server_reads(base::moment now, session::hub& hub) {
    if (closed || typed_.empty()) {
        return;
    }
    typed_.erase(0, protocol_.receive(typed_, now, out_));
    settle_and_take(hub);
}

void client::server_ticks(base::moment now, session::hub& hub) {
    if (!closed && protocol_.wakes_at() <= now.steady) {
        protocol_.tick(now, out_);
        settle_and_take(hub);
    }
}

void client::answer_read(const session::read_answer& page, base::moment now, session::hub& hub) {
    if (!closed) {
        protocol_.deliver_read(page, now, out_);
        settle_and_take(hub);
    }
}

void client::answer_check(const session::credential_answer& found, base::moment now,
                          session::hub& hub) {
    if (!closed) {
        protocol_.deliver_check(found, now, out_);
        settle_and_take(hub);
    }
}

void client::settle_and_take(session::hub& hub) {
    hub.settle(id_);
    if (std::exchange(out_.features_changed, false)) {
        hub.features_changed(id_);
    }
    take(out_);
    out_.clear();
}

void client::take(const session::slice& shared) { hear(shared.bytes()); }

void client::take(session::output& own) {
    for (session::output::piece& one : own.pieces) {
        if (const auto* const text = std::get_if<std::string>(&one)) {
            hear(*text);
        } else {
            std::string slice;
            auto& long_answer = std::get<std::unique_ptr<session::listing>>(one);
            while (long_answer->next(slice)) {}
            hear(slice);
        }
    }
    for (session::request& one : own.requests) {
        submissions.push_back({id_, one.serial, std::move(one.what)});
    }
    if (own.read) {
        read = std::move(own.read);
    }
    if (own.check) {
        check = std::move(own.check);
    }
    closed = closed || own.close.has_value();
}

void client::hear(std::string_view bytes) {
    heard_ += bytes;
    std::size_t begin = 0;
    for (std::size_t end = heard_.find("\r\n"); end != std::string::npos;
         end = heard_.find("\r\n", begin)) {
        hear_line(std::string_view(heard_).substr(begin, end - begin));
        begin = end + 2;
    }
    heard_.erase(0, begin);
}

void client::hear_line(std::string_view line) {
    wire::irc_line parsed;
    if (wire::parse_irc_line(line, parsed) != wire::line_fault::none) {
        wrong = fmt::format("a line that is none: {}", line);
        return;
    }
    if (parsed.verb == "PING" && parsed.parameter_count > 0) {
        types(fmt::format("PONG :{}", parsed.parameter[0]));
    }
    knows_batches_ = knows_batches_ ||
                     (parsed.verb == "CAP" && line.contains(" ACK ") && line.contains("batch"));
    const auto token = wire::tag_value(parsed.tags, "msgid");
    if (parsed.verb != "PRIVMSG" || parsed.parameter_count < 2 || !token ||
        !parsed.parameter[0].starts_with('#')) {
        return;
    }
    const auto number = tokens_.number(*token);
    if (!number) {
        wrong = fmt::format("a msgid that is none: {}", line);
        return;
    }
    // Without server-time the time of what was said before stands in the text.
    std::string_view text = parsed.parameter[1];
    if (text.starts_with('[')) {
        text.remove_prefix(text.find("] ") + 2);
    }
    seen.push_back({*number, std::string(text)});
    // Who knows batches can tell what is said now: it comes in the room's order, each once.
    if (knows_batches_ && !wire::tag_value(parsed.tags, "batch")) {
        std::uint64_t& last = last_[std::string(parsed.parameter[0])];
        if (*number <= last) {
            wrong = fmt::format("message {} after {}: {}", *number, last, line);
        }
        last = *number;
    }
}

} // namespace tertulia::sim
