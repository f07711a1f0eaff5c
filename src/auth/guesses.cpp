// SPDX-License-Identifier: Apache-2.0
#include "auth/guesses.hpp"

#include "base/limits.hpp"

#include <algorithm>

namespace tertulia::auth {
namespace {

namespace limits = base::limits;

// How long `debt` has to shrink before there is a place again.
std::chrono::seconds until_free(base::steady_time paid_at, base::steady_time now,
                                std::chrono::seconds each, int places) {
    const auto over = paid_at - now - each * (places - 1);
    return std::max(std::chrono::ceil<std::chrono::seconds>(over), std::chrono::seconds{0});
}

template <class Debts>
base::steady_time paid_at(const Debts& of, const typename Debts::key_type& who,
                          base::steady_time now) {
    const auto found = of.find(who);
    return found == of.end() ? now : std::max(found->second, now);
}

// Looked through only when many have come together, so that each wrong guess costs little.
template <class Debts>
void forget_paid(Debts& of, base::steady_time now) {
    if (of.size() < limits::guessers_max) {
        return;
    }
    std::erase_if(of, [now](const auto& one) { return one.second <= now; });
    while (of.size() >= limits::guessers_max) {
        of.erase(std::ranges::min_element(of, {}, [](const auto& one) { return one.second; }));
    }
}

} // namespace

bool guesses::is_known(const std::string& account, std::uint64_t address) const {
    return known_.contains({account, address});
}

std::string guesses::counted_as(const std::string& account, std::uint64_t address) const {
    return is_known(account, address) ? account + " " + std::to_string(address) : account;
}

std::chrono::seconds guesses::wait(const std::string& account, std::uint64_t address,
                                   base::steady_time now) {
    const auto of_account =
        until_free(paid_at(accounts_, counted_as(account, address), now), now,
                   limits::guess_of_account_each, limits::guesses_of_account_max);
    if (is_known(account, address)) {
        return of_account;
    }
    return std::max(of_account,
                    until_free(paid_at(addresses_, address, now), now,
                               limits::guess_from_address_each, limits::guesses_from_address_max));
}

void guesses::was_wrong(const std::string& account, std::uint64_t address, base::steady_time now) {
    if (!account.empty()) {
        forget_paid(accounts_, now);
        const std::string counted = counted_as(account, address);
        accounts_[counted] = paid_at(accounts_, counted, now) + limits::guess_of_account_each;
    }
    if (!is_known(account, address)) {
        forget_paid(addresses_, now);
        addresses_[address] = paid_at(addresses_, address, now) + limits::guess_from_address_each;
    }
}

void guesses::was_right(const std::string& account, std::uint64_t address, base::steady_time now) {
    if (known_.size() >= limits::known_addresses_max && !is_known(account, address)) {
        known_.erase(
            std::ranges::min_element(known_, {}, [](const auto& one) { return one.second; }));
    }
    known_[{account, address}] = now;
}

std::chrono::seconds guesses::wait_to_register(std::uint64_t address, base::steady_time now) const {
    return until_free(paid_at(registering_, address, now), now,
                      limits::registration_from_address_each,
                      limits::registrations_from_address_max);
}

void guesses::registers(std::uint64_t address, base::steady_time now) {
    forget_paid(registering_, now);
    registering_[address] =
        paid_at(registering_, address, now) + limits::registration_from_address_each;
}

} // namespace tertulia::auth
