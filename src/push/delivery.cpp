// SPDX-License-Identifier: Apache-2.0
#include "push/delivery.hpp"

#include "base/journal.hpp"
#include "base/push_limits.hpp"
#include "base/text.hpp"
#include "crypto/push_message.hpp"
#include "transport/tls_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <poll.h>
#include <system_error>

namespace tertulia::push {
namespace {

namespace limits = base::limits;
namespace journal = base::journal;
using transport::outcome;

// Until the stream can go on. False: it cannot.
bool wait_on(const transport::transfer& after, int socket, const patience& with) {
    switch (after.what) {
    case outcome::moved: return true;
    case outcome::wait_read: return wait_for(socket, POLLIN, with);
    case outcome::wait_write: return wait_for(socket, POLLOUT, with);
    case outcome::end:
    case outcome::failed: break;
    }
    return false;
}

// Whoever answers there shows that she is who the address says, before a byte of ours leaves.
bool shake_hands(transport::tls_stream& stream, int socket, std::string& answer,
                 const patience& with) {
    std::array<char, 1024> bytes{};
    while (!stream.established()) {
        const transport::transfer moved = stream.read(bytes);
        if (moved.what == outcome::moved) {
            answer.append(bytes.data(), moved.size);
        }
        if (!stream.established() && !wait_on(moved, socket, with)) {
            return false;
        }
    }
    return stream.peer().complaint.empty();
}

bool write_all(transport::tls_stream& stream, int socket, std::string request,
               const patience& with) {
    std::size_t sent = 0;
    while (sent < request.size()) {
        const iovec rest{request.data() + sent, request.size() - sent};
        const transport::transfer moved = stream.write({&rest, 1});
        if (moved.what == outcome::moved) {
            sent += moved.size;
        } else if (!wait_on(moved, socket, with)) {
            return false;
        }
    }
    return true;
}

// Its first line is enough.
int hear_status(transport::tls_stream& stream, int socket, std::string answer,
                const patience& with) {
    std::array<char, 1024> bytes{};
    while (answer.find('\n') == std::string::npos && answer.size() < limits::push_answer_size_max) {
        const transport::transfer moved = stream.read(bytes);
        if (moved.what == outcome::moved) {
            answer.append(bytes.data(), moved.size);
        } else if (!wait_on(moved, socket, with)) {
            return 0;
        }
    }
    return read_status(answer);
}

verdict talk(int socket, const std::string& host, const std::string& request, const route& by,
             const patience& with) {
    transport::tls_stream stream(socket, by.tls, host);
    std::string answer;
    if (!shake_hands(stream, socket, answer, with)) {
        journal::debug("push: {} shows no certificate that holds: {}", host,
                       stream.peer().complaint);
        return verdict::later;
    }
    if (!write_all(stream, socket, request, with)) {
        return verdict::later;
    }
    const int status = hear_status(stream, socket, std::move(answer), with);
    stream.finish();
    journal::debug("push: {} answers {}", host, status);
    return verdict_of(status);
}

} // namespace

verdict verdict_of(int status) {
    constexpr int not_found = 404;
    constexpr int timed_out = 408;
    constexpr int gone = 410;
    constexpr int too_many = 429;
    if (status == not_found || status == gone) {
        return verdict::gone;
    }
    if (status == timed_out || status == too_many || status < 200 || status >= 500) {
        return verdict::later;
    }
    return status < 300 ? verdict::taken : verdict::never;
}

int read_status(std::string_view answer) {
    constexpr std::string_view start = "HTTP/1.";
    constexpr std::size_t before_status = 9; // "HTTP/1.1 "
    constexpr std::size_t digits = 3;
    const std::string_view line = answer.substr(0, answer.find('\n'));
    if (!line.starts_with(start) || line.size() < before_status + digits ||
        line[before_status - 1] != ' ') {
        return 0;
    }
    const std::string_view word = line.substr(before_status, digits);
    unsigned status = 0;
    const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), status);
    return fault == std::errc{} && end == word.data() + word.size() ? static_cast<int>(status) : 0;
}

std::string request_of(const parcel& what, const wire::push_endpoint& to,
                       const crypto::push_identity& identity, base::wall_time now) {
    const std::string_view text =
        base::truncate_utf8(what.line, limits::push_body_size_max - crypto::push_overhead);
    const auto body = crypto::encrypt_push(text, what.to.key, what.to.secret);
    if (!body) {
        return {};
    }
    return fmt::format("POST {} HTTP/1.1\r\n"
                       "Host: {}\r\n"
                       "User-Agent: Tertulia\r\n"
                       "Authorization: {}\r\n"
                       "TTL: {}\r\n"
                       "Urgency: {}\r\n"
                       "Content-Type: application/octet-stream\r\n"
                       "Content-Encoding: aes128gcm\r\n"
                       "Content-Length: {}\r\n"
                       "Connection: close\r\n\r\n{}",
                       to.target, to.authority(),
                       identity.authorization(to.origin(), now + limits::push_proof_lasts),
                       limits::push_lifetime.count(), what.how == urgency::high ? "high" : "normal",
                       body->size(), *body);
}

verdict deliver(const parcel& what, const route& by, base::wall_time now, const patience& with) {
    const auto to = wire::read_push_endpoint(what.to.endpoint);
    const std::string request = to ? request_of(what, *to, by.identity, now) : std::string();
    if (request.empty()) {
        return verdict::never;
    }
    const trust in = std::ranges::count(by.trusted, to->origin()) > 0 ? trust::of_the_operator
                                                                      : trust::of_strangers;
    const auto addresses = allowed_addresses(*to, in, by.find, with);
    if (!addresses) {
        const bool barred = addresses.error() == reach_fault::not_ours;
        journal::debug("push: {} leads {}", to->host, barred ? "where nobody may" : "nowhere");
        return barred ? verdict::never : verdict::later;
    }
    const auto socket = connect_to(*addresses, to->port, with);
    return socket ? talk(socket->number(), to->host, request, by, with) : verdict::later;
}

} // namespace tertulia::push
