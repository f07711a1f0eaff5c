// SPDX-License-Identifier: Apache-2.0
#include "session/service_passes.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tertulia::session {

void service_passes::keep(chat::person_id account, std::string digest, base::name name,
                          std::string_view service, base::steady_time now) {
    kept_.with([&](auto& all) {
        for (auto& [whose, passes] : all) {
            std::erase_if(passes, [now](const pass& one) { return one.until <= now; });
        }
        std::erase_if(all, [](const auto& each) { return each.second.empty(); });
        of_account& hers = all[account];
        hers.push_back(
            {std::move(digest), std::string(service), std::move(name), now + pass_lifetime});
        if (hers.size() > passes_per_account_max) {
            hers.pop_front();
        }
    });
}

std::optional<base::name> service_passes::take(chat::person_id account, std::string_view digest,
                                               std::string_view service, base::steady_time now) {
    return kept_.with([&](auto& all) -> std::optional<base::name> {
        const auto hers = all.find(account);
        if (hers == all.end()) {
            return std::nullopt;
        }
        const auto found = std::ranges::find(hers->second, digest, &pass::digest);
        if (found == hers->second.end() || found->service != service || found->until <= now) {
            return std::nullopt;
        }
        std::optional<base::name> name = std::move(found->name);
        hers->second.erase(found);
        return name;
    });
}

std::string pass_text(chat::person_id account, std::string_view secret_hex) {
    std::string made(pass_prefix);
    made += std::to_string(account.value);
    made += '.';
    made += secret_hex;
    return made;
}

std::optional<chat::person_id> pass_account(std::string_view text) {
    if (!text.starts_with(pass_prefix)) {
        return std::nullopt;
    }
    text.remove_prefix(pass_prefix.size());
    const std::string_view number = text.substr(0, text.find('.'));
    chat::person_id account{};
    const auto [rest, fault] =
        std::from_chars(number.data(), number.data() + number.size(), account.value);
    if (fault != std::errc{} || rest != number.data() + number.size()) {
        return std::nullopt;
    }
    return account;
}

} // namespace tertulia::session
