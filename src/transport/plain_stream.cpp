// SPDX-License-Identifier: Apache-2.0
#include "transport/plain_stream.hpp"

#include <cerrno>
#include <sys/socket.h>

namespace tertulia::transport {
namespace {

transfer result_of(ssize_t moved, outcome when_it_would_block) {
    if (moved > 0) {
        return {outcome::moved, static_cast<std::size_t>(moved)};
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
        return {when_it_would_block};
    }
    return {outcome::failed};
}

} // namespace

transfer plain_stream::read(std::span<char> into) {
    const ssize_t moved = ::recv(socket_, into.data(), into.size(), 0);
    return moved == 0 ? transfer{outcome::end} : result_of(moved, outcome::wait_read);
}

transfer plain_stream::write(std::span<const iovec> pieces) {
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(pieces.data()); // sendmsg only reads them
    message.msg_iovlen = pieces.size();
    return result_of(::sendmsg(socket_, &message, MSG_NOSIGNAL), outcome::wait_write);
}

void plain_stream::finish() { ::shutdown(socket_, SHUT_WR); }

} // namespace tertulia::transport
