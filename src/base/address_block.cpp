// SPDX-License-Identifier: Apache-2.0
#include "base/address_block.hpp"

#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <netinet/in.h>
#include <system_error>

namespace tertulia::base {
namespace {

constexpr unsigned mapped_size = 96; // of what stands before an IPv4 address

std::optional<unsigned> read_size(std::string_view digits, unsigned max) {
    unsigned size = 0;
    const char* const end = digits.data() + digits.size();
    const auto [rest, fault] = std::from_chars(digits.data(), end, size);
    return fault == std::errc{} && rest == end && size <= max ? std::optional(size) : std::nullopt;
}

} // namespace

std::string print_address(const address_bytes& of) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const bool four = is_ipv4(of);
    inet_ntop(four ? AF_INET : AF_INET6, of.data() + (four ? mapped_size / 8 : 0), text.data(),
              text.size());
    return text.data();
}

bool address_block::contains(const address_bytes& one) const {
    if (is_ipv4(one) != (size >= mapped_size && is_ipv4(start))) {
        return false;
    }
    for (unsigned bit = 0; bit < size; ++bit) {
        const unsigned mask = 0x80U >> bit % 8;
        if ((start[bit / 8] & mask) != (one[bit / 8] & mask)) {
            return false;
        }
    }
    return true;
}

std::optional<address_block> parse_address_block(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto start = parse_address(std::string(text.substr(0, slash)));
    if (!start) {
        return std::nullopt;
    }
    const bool four = text.substr(0, slash).find(':') == std::string_view::npos;
    const auto size = slash == std::string_view::npos
                          ? std::optional(four ? 32U : 128U)
                          : read_size(text.substr(slash + 1), four ? 32 : 128);
    if (!size) {
        return std::nullopt;
    }
    return address_block{*start, four ? mapped_size + *size : *size};
}

} // namespace tertulia::base
