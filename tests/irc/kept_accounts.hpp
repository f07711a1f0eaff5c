// SPDX-License-Identifier: Apache-2.0
// Accounts as the store would keep them, in memory, from the heart's events.
#pragma once

#include "chat/event.hpp"
#include "store/credentials.hpp"

#include <map>
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

private:
    std::map<chat::person_id, store::kept_account> kept_;
};

} // namespace tertulia::tests
