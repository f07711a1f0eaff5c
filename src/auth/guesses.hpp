// SPDX-License-Identifier: Apache-2.0
// Slows down who guesses passwords: each wrong one costs its account and its address a place, and
// places come back with time. Where the right password has come from, an account is counted by
// itself: neither what others guess elsewhere nor what a neighbour behind the same address does
// closes it. Who makes accounts is counted apart. In memory only.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace tertulia::auth {

class guesses {
public:
    // How long until one may try; nothing: now. Of no account: the address alone counts.
    [[nodiscard]] std::chrono::seconds wait(const std::string& account, std::uint64_t address,
                                            base::steady_time now);
    void was_wrong(const std::string& account, std::uint64_t address, base::steady_time now);
    void was_right(const std::string& account, std::uint64_t address, base::steady_time now);

    // How long until one more account may be made from there.
    [[nodiscard]] std::chrono::seconds wait_to_register(std::uint64_t address,
                                                        base::steady_time now) const;
    void registers(std::uint64_t address, base::steady_time now);

private:
    // When all places are free again.
    template <class Key>
    using debts = std::map<Key, base::steady_time>;

    [[nodiscard]] bool is_known(const std::string& account, std::uint64_t address) const;
    [[nodiscard]] std::string counted_as(const std::string& account, std::uint64_t address) const;

    debts<std::string> accounts_;
    debts<std::uint64_t> addresses_;
    debts<std::uint64_t> registering_;
    std::map<std::pair<std::string, std::uint64_t>, base::steady_time> known_; // since when
};

} // namespace tertulia::auth
