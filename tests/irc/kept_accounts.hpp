// SPDX-License-Identifier: Apache-2.0
// Accounts as the store would keep them, in memory, from the heart's events.
#pragma once

#include "chat/event.hpp"
#include "store/credentials.hpp"

#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace tertulia::tests {

class kept_accounts final : public store::credential_reader {
public:
    void hear(const chat::event& of) {
        if (const auto* const saved = std::get_if<chat::account_saved>(&of.what)) {
            store::kept_account& one = kept_[saved->id];
            one.as = {saved->id, saved->version};
            one.name = saved->name;
            one.suspended = saved->suspended;
        } else if (const auto* const secret = std::get_if<chat::credentials_saved>(&of.what)) {
            kept_[secret->account].what = secret->what;
        } else if (const auto* const ended = std::get_if<chat::account_ended>(&of.what)) {
            kept_.erase(ended->id);
        } else if (const auto* const shown = std::get_if<chat::certificate_saved>(&of.what)) {
            shown->kept ? static_cast<void>(by_certificate_[shown->fingerprint] = shown->account)
                        : static_cast<void>(by_certificate_.erase(shown->fingerprint));
        }
    }

    base::result<std::optional<store::kept_account>> find(std::string_view account_key) override {
        for (const auto& [id, one] : kept_) {
            if (one.name.key == account_key) {
                return one;
            }
        }
        return std::nullopt;
    }

    base::result<std::optional<store::kept_account>>
    find_certificate(std::string_view fingerprint) override {
        const auto whose = by_certificate_.find(std::string(fingerprint));
        if (whose == by_certificate_.end() || !kept_.contains(whose->second)) {
            return std::nullopt;
        }
        return kept_.at(whose->second);
    }

private:
    std::map<std::string, chat::person_id> by_certificate_;
    std::map<chat::person_id, store::kept_account> kept_;
};

} // namespace tertulia::tests
