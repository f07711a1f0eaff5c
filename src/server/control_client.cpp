// SPDX-License-Identifier: Apache-2.0
#include "server/control_client.hpp"

#include "base/base64.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <utility>

namespace tertulia::server {

using base::result;

result<control_client> control_client::connect(const std::string& path) {
    result<transport::descriptor> socket = transport::connect_to_path(path);
    if (!socket) {
        return base::failure(
            fmt::format("Nobody answers at {}: {}.", path, socket.error().sentence));
    }
    return control_client(std::move(*socket));
}

result<control_client::reply>
control_client::ask(std::string_view verb, std::initializer_list<std::string_view> arguments) {
    std::string line(verb);
    for (const std::string_view argument : arguments) {
        line += ' ';
        line += base::to_base64(argument);
    }
    line += '\n';
    for (std::string_view rest = line; !rest.empty();) {
        const ssize_t sent = ::send(socket_.number(), rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent < 0) {
            return base::failure(fmt::format("The server has gone: {}.", std::strerror(errno)));
        }
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    reply made;
    constexpr std::string_view refusal = "refused ";
    while (true) {
        result<std::string> next = next_line();
        if (!next) {
            return std::unexpected(std::move(next.error()));
        }
        if (*next == "done") {
            return made;
        }
        if (next->starts_with(refusal)) {
            made.refused = next->substr(refusal.size());
            return made;
        }
        made.lines.push_back(std::move(*next));
    }
}

result<std::string> control_client::next_line() {
    std::array<char, 4'096> buffer{};
    std::size_t end = unread_.find('\n');
    while (end == std::string::npos) {
        const ssize_t got = ::recv(socket_.number(), buffer.data(), buffer.size(), 0);
        if (got <= 0) {
            return base::failure("The server has gone before it answered.");
        }
        unread_.append(buffer.data(), static_cast<std::size_t>(got));
        end = unread_.find('\n');
    }
    std::string line = unread_.substr(0, end);
    unread_.erase(0, end + 1);
    return line;
}

} // namespace tertulia::server
