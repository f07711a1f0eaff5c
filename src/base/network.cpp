// SPDX-License-Identifier: Apache-2.0
#include "base/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <netinet/in.h>
#include <system_error>

namespace tertulia::base {
namespace {

constexpr std::uint8_t ipv4_start = 96;
constexpr std::uint8_t ipv6_size_max = 64;

// The bits from `size` on are taken away.
void cut(network& of, std::uint8_t size) {
    of.size = size;
    for (std::size_t at = 0; at < of.bytes.size(); ++at) {
        const int kept = std::clamp(static_cast<int>(size) - static_cast<int>(at) * 8, 0, 8);
        of.bytes[at] = static_cast<std::uint8_t>(of.bytes[at] & (0xFF00U >> kept));
    }
}

std::optional<std::uint8_t> read_size(std::string_view text, std::uint8_t max) {
    std::uint8_t size = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && size <= max ? std::optional(size) : std::nullopt;
}

} // namespace

bool network::contains(const network& other) const {
    if (other.size < size) {
        return false;
    }
    network wide = other;
    cut(wide, size);
    return wide == *this;
}

bool network::is_ipv4() const {
    return size >= ipv4_start && bytes[10] == 0xFF && bytes[11] == 0xFF &&
           std::all_of(bytes.begin(), bytes.begin() + 10, [](auto one) { return one == 0; });
}

std::uint8_t network::shown_size() const {
    return is_ipv4() ? static_cast<std::uint8_t>(size - ipv4_start) : size;
}

network all_of_ipv4() {
    network made;
    made.bytes[10] = made.bytes[11] = 0xFF;
    made.size = ipv4_start;
    return made;
}

std::optional<network> parse_network(std::string_view text) {
    constexpr std::size_t text_size_max = 64;
    if (text.size() > text_size_max || text.find('\0') != std::string_view::npos) {
        return std::nullopt;
    }
    const std::size_t slash = text.find('/');
    const std::string address(text.substr(0, slash));
    network made;
    const bool four = inet_pton(AF_INET, address.c_str(), &made.bytes[12]) == 1;
    if (four) {
        made.bytes[10] = made.bytes[11] = 0xFF;
    } else if (inet_pton(AF_INET6, address.c_str(), made.bytes.data()) != 1) {
        return std::nullopt;
    }
    const std::uint8_t most = four ? 32 : 128;
    const auto size = slash == std::string_view::npos ? std::optional(most)
                                                      : read_size(text.substr(slash + 1), most);
    if (!size) {
        return std::nullopt;
    }
    const bool mapped = !four && made.is_ipv4(); // "::ffff:192.0.2.1"
    if (four) {
        cut(made, static_cast<std::uint8_t>(*size + ipv4_start));
    } else {
        cut(made, mapped ? *size : std::min(*size, ipv6_size_max));
    }
    return made;
}

std::string to_string(const network& of) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (of.is_ipv4()) {
        inet_ntop(AF_INET, &of.bytes[12], text.data(), text.size());
        return of.size == 128 ? std::string(text.data())
                              : fmt::format("{}/{}", text.data(), of.shown_size());
    }
    inet_ntop(AF_INET6, of.bytes.data(), text.data(), text.size());
    return fmt::format("{}/{}", text.data(), of.size);
}

} // namespace tertulia::base
