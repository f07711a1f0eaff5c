// SPDX-License-Identifier: Apache-2.0
#include "web/reader_links.hpp"

#include "crypto/digest.hpp"
#include "crypto/secret.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <system_error>

namespace tertulia::web {
namespace {

constexpr std::size_t key_size = 32;
constexpr std::size_t seal_size = 16;

std::optional<std::uint64_t> number_of(std::string_view text) {
    std::uint64_t made = 0;
    const char* const end = text.data() + text.size();
    const auto [at, fault] = std::from_chars(text.data(), end, made, 16);
    return fault == std::errc{} && at == end ? std::optional(made) : std::nullopt;
}

} // namespace

reader_links::reader_links() : key_(crypto::random_bytes(key_size)) {}

std::string reader_links::seal(std::string_view file, std::string_view facts) const {
    const std::string made = crypto::hmac_sha256(key_, fmt::format("{}\n{}", file, facts));
    return crypto::to_hex(std::string_view(made).substr(0, seal_size));
}

std::string reader_links::sign(std::string_view file, chat::person_id reader,
                               base::wall_time now) const {
    const std::string facts =
        fmt::format("{:x}.{:x}", reader.value, (now + reader_link_life).time_since_epoch().count());
    return facts + "." + seal(file, facts);
}

std::optional<chat::person_id> reader_links::read(std::string_view file, std::string_view signature,
                                                  base::wall_time now) const {
    const std::size_t last = signature.rfind('.');
    if (last == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view facts = signature.substr(0, last);
    const std::size_t dot = facts.find('.');
    if (dot == std::string_view::npos ||
        !crypto::equal_secrets(seal(file, facts), signature.substr(last + 1))) {
        return std::nullopt;
    }
    const auto reader = number_of(facts.substr(0, dot));
    const auto until = number_of(facts.substr(dot + 1));
    const auto today = static_cast<std::uint64_t>(now.time_since_epoch().count());
    return reader && until && today <= *until ? std::optional(chat::person_id{*reader})
                                              : std::nullopt;
}

} // namespace tertulia::web
