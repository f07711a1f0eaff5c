// SPDX-License-Identifier: Apache-2.0
#include "terminal/link.hpp"

#include "base/base64.hpp"
#include "crypto/secret.hpp"
#include "terminal/limits.hpp"
#include "transport/plain_stream.hpp"
#include "transport/tls_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <utility>

namespace tertulia::terminal {

using transport::outcome;

namespace {

websocket_wish wish_for(const std::string& host, const door& through) {
    constexpr std::size_t key_size = 16; // RFC 6455, 4.1
    return {.host = web_host(host, through.port),
            .path = through.websocket,
            .key = base::to_base64(crypto::random_bytes(key_size)),
            .make_mask = [] {
                std::array<char, 4> mask{};
                crypto::random_bytes(mask.size()).copy(mask.data(), mask.size());
                return mask;
            }};
}

} // namespace

// A question to the C library that is answered on a thread of its own. What it was asked with must
// live as long as it works.
struct link::lookup {
    std::string host;
    std::string port;
    addrinfo hints{};
    gaicb question{};

    lookup(std::string name, std::uint16_t number)
        : host(std::move(name)), port(std::to_string(number)) {
        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        hints.ai_flags = AI_NUMERICSERV;
        question.ar_name = host.c_str();
        question.ar_service = port.c_str();
        question.ar_request = &hints;
    }
    lookup(const lookup&) = delete;
    lookup& operator=(const lookup&) = delete;
    ~lookup() {
        if (::gai_error(&question) == EAI_INPROGRESS && ::gai_cancel(&question) != EAI_CANCELED) {
            const gaicb* const list[] = {&question};
            ::gai_suspend(list, 1, nullptr); // it cannot be stopped any more
        }
    }
};

link::link() = default;
link::~link() = default;

void link::open(const std::string& host, door through, base::steady_time now,
                std::chrono::milliseconds handshake_max) {
    close();
    host_ = host;
    through_ = std::move(through);
    fault_ = link_fault::none;
    detail_.clear();
    certificate_ = {};
    now_ = now;
    allowance_ = lines_burst;
    allowed_at_ = now;
    deadline_ = now + connect_timeout;
    handshake_max_ = handshake_max;
    look_up();
}

void link::close() {
    websocket_.reset();
    stream_.reset();
    socket_ = transport::descriptor();
    addresses_.reset();
    lookup_.reset();
    in_.clear();
    out_.clear();
    waiting_.clear();
    lines_.clear();
    phase_ = link_phase::closed;
}

void link::fail(link_fault why, std::string detail) {
    std::vector<std::string> heard = std::exchange(lines_, {}); // what came before still counts
    close();
    lines_ = std::move(heard);
    fault_ = why;
    detail_ = std::move(detail);
}

void link::look_up() {
    phase_ = link_phase::resolving;
    lookup_ = std::make_unique<lookup>(host_, through_.port);
    lookup_->hints.ai_flags |= AI_NUMERICHOST;
    addrinfo* found = nullptr;
    if (::getaddrinfo(lookup_->host.c_str(), lookup_->port.c_str(), &lookup_->hints, &found) == 0) {
        take_addresses(0, found);
        return;
    }
    lookup_->hints.ai_flags &= ~AI_NUMERICHOST;
    gaicb* list[] = {&lookup_->question};
    if (::getaddrinfo_a(GAI_NOWAIT, list, 1, nullptr) != 0) {
        fail(link_fault::no_such_host);
    }
}

void link::take_addresses(int failed, addrinfo* found) {
    lookup_.reset();
    if (failed != 0) {
        fail(link_fault::no_such_host);
        return;
    }
    addresses_.reset(found);
    next_address_ = found;
    try_next_address();
}

void link::try_next_address() {
    while (next_address_ != nullptr) {
        const addrinfo& where = *std::exchange(next_address_, next_address_->ai_next);
        socket_ = transport::descriptor(
            ::socket(where.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        const int done = ::connect(socket_.number(), where.ai_addr, where.ai_addrlen);
        if (done == 0 || errno == EINPROGRESS) {
            phase_ = link_phase::connecting;
            deadline_ = now_ + connect_timeout;
            return;
        }
        error_number_ = errno;
        detail_ = std::strerror(error_number_);
    }
    fail(link_fault::refused, detail_);
}

void link::finish_connecting() {
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(socket_.number(), SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
        error_number_ = error;
        detail_ = std::strerror(error);
        try_next_address();
        return;
    }
    pollfd now_writable{.fd = socket_.number(), .events = POLLOUT, .revents = 0};
    if (::poll(&now_writable, 1, 0) == 1) {
        begin_stream();
    }
}

void link::begin_stream() {
    const int yes = 1;
    ::setsockopt(socket_.number(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    ::setsockopt(socket_.number(), SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
    wants_write_ = false;
    if (through_.kind == door_kind::plain) {
        stream_ = std::make_unique<transport::plain_stream>(socket_.number());
        trust();
        return;
    }
    if (tls_ == nullptr) {
        tls_ = std::make_unique<transport::tls_client_context>();
    }
    stream_ = std::make_unique<transport::tls_stream>(socket_.number(), *tls_, host_);
    phase_ = link_phase::handshaking;
    deadline_ = now_ + handshake_max_;
    shake_hands();
}

void link::trust() {
    if (through_.websocket.empty()) {
        phase_ = link_phase::open;
        return;
    }
    phase_ = link_phase::upgrading;
    deadline_ = now_ + connect_timeout;
    websocket_ = std::make_unique<websocket_client>(wish_for(host_, through_));
    out_ += websocket_->take_bytes();
}

// Writing nothing is enough to go on with a handshake, and leaves nothing behind.
void link::shake_hands() {
    std::array<char, 4096> bytes{};
    const auto moved = stream_->read(bytes);
    if (moved.what == outcome::moved) {
        in_.append(bytes.data(), moved.size);
    }
    wants_write_ = moved.what == outcome::wait_write;
    if (stream_->established()) {
        certificate_ = static_cast<transport::tls_stream&>(*stream_).peer();
        phase_ = link_phase::judging;
    } else if (moved.what == outcome::end || moved.what == outcome::failed) {
        fail(link_fault::tls_failed);
    }
}

void link::send(std::string line) {
    if (phase_ == link_phase::open) {
        waiting_.push_back(std::move(line));
        let_lines_leave(now_);
    }
}

void link::let_lines_leave(base::steady_time now) {
    const auto turns = (now - allowed_at_) / line_each;
    if (turns > 0) {
        allowance_ =
            static_cast<int>(std::min<std::int64_t>(lines_burst, allowance_ + std::int64_t{turns}));
        allowed_at_ += turns * line_each;
    }
    while (!waiting_.empty() && allowance_ > 0) {
        if (websocket_) {
            websocket_->send(waiting_.front());
            out_ += websocket_->take_bytes();
        } else {
            out_ += waiting_.front();
            out_ += "\r\n";
        }
        waiting_.pop_front();
        --allowance_;
    }
}

pollfd link::wish() const {
    pollfd made{.fd = socket_.number(), .events = 0, .revents = 0};
    if (phase_ == link_phase::connecting) {
        made.events = POLLOUT;
    } else if (phase_ >= link_phase::handshaking && phase_ != link_phase::judging) {
        made.events = POLLIN;
        if (wants_write_ || !out_.empty()) {
            made.events |= POLLOUT;
        }
    }
    return made;
}

std::chrono::milliseconds link::patience(base::steady_time now) const {
    using std::chrono::milliseconds;
    if (!lines_.empty()) {
        return milliseconds(0); // they have come, and nothing announces them again
    }
    if (phase_ == link_phase::resolving) {
        return milliseconds(10);
    }
    if (phase_ == link_phase::connecting || phase_ == link_phase::handshaking ||
        phase_ == link_phase::upgrading) {
        return std::max(milliseconds(1), std::chrono::ceil<milliseconds>(deadline_ - now));
    }
    return waiting_.empty() ? milliseconds::max() : milliseconds(line_each);
}

void link::work(base::steady_time now) {
    now_ = now;
    const bool arriving = phase_ == link_phase::resolving || phase_ == link_phase::connecting ||
                          phase_ == link_phase::handshaking || phase_ == link_phase::upgrading;
    if (arriving && now >= deadline_) {
        fail(link_fault::no_answer);
        return;
    }
    switch (phase_) {
    case link_phase::closed:
    case link_phase::judging: return;
    case link_phase::resolving:
        if (const int state = ::gai_error(&lookup_->question); state != EAI_INPROGRESS) {
            take_addresses(state, std::exchange(lookup_->question.ar_result, nullptr));
        }
        return;
    case link_phase::connecting: finish_connecting(); return;
    case link_phase::handshaking: shake_hands(); return;
    case link_phase::upgrading:
    case link_phase::open:
        let_lines_leave(now);
        write();
        if (phase_ != link_phase::closed) {
            read();
        }
    }
}

void link::read() {
    std::array<char, 16384> bytes{};
    for (int turn = 0; turn < 16; ++turn) {
        const auto moved = stream_->read(bytes);
        if (moved.what == outcome::moved) {
            take_bytes({bytes.data(), moved.size});
            if (phase_ == link_phase::closed) {
                return;
            }
            continue;
        }
        if (moved.what == outcome::end || moved.what == outcome::failed) {
            fail(link_fault::closed_by_server);
        }
        return;
    }
}

void link::take_bytes(std::string_view bytes) {
    if (websocket_) {
        follow_websocket(bytes);
        return;
    }
    in_ += bytes;
    split_lines();
    if (in_.size() > line_size_max) {
        fail(link_fault::line_too_long);
    }
}

void link::follow_websocket(std::string_view bytes) {
    const websocket_state state = websocket_->receive(bytes);
    std::ranges::move(websocket_->take_lines(), std::back_inserter(lines_));
    out_ += websocket_->take_bytes();
    switch (state) {
    case websocket_state::opening: return;
    case websocket_state::open: phase_ = link_phase::open; return;
    case websocket_state::refused: fail(link_fault::no_websocket, websocket_->detail()); return;
    case websocket_state::ended: {
        const iovec goodbye{.iov_base = out_.data(), .iov_len = out_.size()};
        (void)stream_->write({&goodbye, 1});
        fail(link_fault::closed_by_server);
    }
    }
}

void link::split_lines() {
    std::size_t start = 0;
    for (std::size_t feed = in_.find('\n'); feed != std::string::npos;
         feed = in_.find('\n', start)) {
        std::string line = in_.substr(start, feed - start);
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        lines_.push_back(std::move(line));
        start = feed + 1;
    }
    in_.erase(0, start);
}

void link::write() {
    wants_write_ = false;
    while (!out_.empty()) {
        const iovec piece{.iov_base = out_.data(), .iov_len = out_.size()};
        const auto moved = stream_->write({&piece, 1});
        if (moved.what == outcome::moved) {
            out_.erase(0, moved.size);
            continue;
        }
        if (moved.what == outcome::end || moved.what == outcome::failed) {
            read(); // the server's last words
            if (phase_ != link_phase::closed) {
                fail(link_fault::closed_by_server);
            }
        }
        return;
    }
}

} // namespace tertulia::terminal
