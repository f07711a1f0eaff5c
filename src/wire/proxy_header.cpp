// SPDX-License-Identifier: Apache-2.0
#include "wire/proxy_header.hpp"

#include "base/address_block.hpp"
#include "base/web_limits.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <optional>

namespace tertulia::wire {
namespace {

constexpr std::string_view signature_1 = "PROXY ";
constexpr std::size_t size_max_1 = 107; // with its line break
constexpr std::string_view signature_2("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr std::size_t fixed_size_2 = 16;

proxy_reading refused() { return {.refused = true}; }

unsigned byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

std::string numeric(int family, std::string_view bytes) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(family, bytes.data(), text.data(), text.size());
    const auto known = base::parse_address(text.data());
    return known ? base::print_address(*known) : std::string(); // a mapped one reads as IPv4
}

std::string_view next_word(std::string_view& line) {
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(line.size(), word.size() + 1));
    return word;
}

std::optional<std::uint16_t> port_of(std::string_view digits) {
    std::uint16_t port = 0;
    const char* const end = digits.data() + digits.size();
    const auto [rest, fault] = std::from_chars(digits.data(), end, port);
    return digits.empty() || fault != std::errc{} || rest != end ? std::nullopt
                                                                 : std::optional(port);
}

// "TCP4 192.0.2.1 192.0.2.2 56324 443"
proxy_reading read_line(std::string_view line) {
    const std::string_view protocol = next_word(line);
    if (protocol == "UNKNOWN") {
        return {};
    }
    const int family = protocol == "TCP4" ? AF_INET : protocol == "TCP6" ? AF_INET6 : AF_UNSPEC;
    const std::string source(next_word(line));
    const std::string target(next_word(line));
    const auto source_port = port_of(next_word(line));
    const auto target_port = port_of(next_word(line));
    std::array<char, sizeof(in6_addr)> from{};
    std::array<char, sizeof(in6_addr)> to{};
    if (family == AF_UNSPEC || inet_pton(family, source.c_str(), from.data()) != 1 ||
        inet_pton(family, target.c_str(), to.data()) != 1 || !source_port || !target_port ||
        !line.empty()) {
        return refused();
    }
    return {0, false, numeric(family, {from.data(), from.size()}), *source_port};
}

proxy_reading read_version_1(std::string_view bytes) {
    const std::size_t end = bytes.substr(0, size_max_1).find("\r\n");
    if (end == std::string_view::npos) {
        return bytes.size() >= size_max_1 ? refused() : proxy_reading{};
    }
    proxy_reading made = read_line(bytes.substr(signature_1.size(), end - signature_1.size()));
    made.size = made.refused ? 0 : end + 2;
    return made;
}

proxy_reading read_version_2(std::string_view bytes) {
    if (bytes.size() < fixed_size_2) {
        return {};
    }
    const unsigned command = byte_at(bytes, 12);
    const unsigned family = byte_at(bytes, 13);
    const std::size_t length = byte_at(bytes, 14) << 8U | byte_at(bytes, 15);
    const bool local = command == 0x20;
    const std::size_t address_size = family == 0x11 ? 4 : family == 0x21 ? 16 : 0;
    const std::size_t needed = address_size == 0 ? 0 : 2 * address_size + 4;
    if ((!local && command != 0x21) || length < (local ? 0 : needed) ||
        fixed_size_2 + length > base::limits::proxy_header_size_max) {
        return refused();
    }
    if (bytes.size() < fixed_size_2 + length) {
        return {};
    }
    proxy_reading made{.size = fixed_size_2 + length};
    if (!local && address_size > 0) {
        const std::string_view block = bytes.substr(fixed_size_2, needed);
        made.address = numeric(address_size == 4 ? AF_INET : AF_INET6, block);
        made.port = static_cast<std::uint16_t>(byte_at(block, 2 * address_size) << 8U |
                                               byte_at(block, 2 * address_size + 1));
    }
    return made;
}

bool begins_like(std::string_view bytes, std::string_view signature) {
    const std::size_t common = std::min(bytes.size(), signature.size());
    return bytes.substr(0, common) == signature.substr(0, common);
}

} // namespace

proxy_reading read_proxy_header(std::string_view bytes) {
    if (begins_like(bytes, signature_1)) {
        return bytes.size() < signature_1.size() ? proxy_reading{} : read_version_1(bytes);
    }
    return begins_like(bytes, signature_2) ? read_version_2(bytes) : refused();
}

} // namespace tertulia::wire
