// SPDX-License-Identifier: Apache-2.0
#include "auth/clerk.hpp"

#include "base/journal.hpp"
#include "base/password_text.hpp"
#include "base/text.hpp"
#include "base/web_limits.hpp"
#include "crypto/code.hpp"
#include "crypto/digest.hpp"
#include "crypto/scram.hpp"
#include "crypto/scram_keys.hpp"
#include "crypto/scram_message.hpp"

#include <utility>
#include <variant>

namespace tertulia::auth {
namespace {

using session::doubt;
using session::not_proved;

// What a server keeps of an exchange between the client's two messages.
class begun final : public session::scram_state {
public:
    begun(crypto::scram_exchange of, std::string key, std::optional<store::kept_account> kept)
        : exchange(std::move(of)), account(std::move(key)), found(std::move(kept)) {}

    crypto::scram_exchange exchange;
    std::string account; // the key
    std::optional<store::kept_account> found;
};

// By something that proves whose it is: `holds` says whether it does so still.
template <class Kept, class Holds>
session::credential_answer vouched(const base::result<std::optional<Kept>>& found, Holds holds) {
    if (!found) {
        base::journal::warn("{}", found.error().sentence);
        return not_proved{doubt::failed, {}, {}};
    }
    if (!*found || !holds(**found)) {
        return not_proved{doubt::wrong, {}, {}};
    }
    if ((*found)->suspended) {
        return not_proved{doubt::suspended, {}, {}};
    }
    return session::proved{(*found)->as, (*found)->name, {}};
}

not_proved no_scram(crypto::scram_fault why, doubt as) {
    return {as, {}, crypto::scram_refusal(why)};
}

} // namespace

clerk::clerk(policy by, base::guarded<guesses>& counted,
             std::unique_ptr<store::credential_reader> from)
    : by_(std::move(by)), counted_(counted), from_(std::move(from)) {}

session::credential_answer clerk::answer(session::credential_query what, base::steady_time now) {
    address_ = what.address;
    now_ = now;
    return std::visit([this](auto& one) { return look_into(one); }, what.what);
}

clerk::answer_of clerk::look_into(session::password_check& what) {
    return check(what.account, std::move(what.password));
}

clerk::answer_of clerk::look_into(session::password_hash& what) {
    if (address_ != 0) {
        const auto wait = counted_.with([this](guesses& of) {
            const auto left = of.wait_to_register(address_, now_);
            if (left.count() == 0) {
                of.registers(address_, now_);
            }
            return left;
        });
        if (wait.count() > 0) {
            return not_proved{doubt::slowed_down, wait, {}};
        }
    }
    return make(std::move(what.password), {});
}

clerk::answer_of clerk::look_into(session::password_change& what) {
    const crypto::secret_text next(std::move(what.password));
    const answer_of old = check(what.account, std::move(what.old_password));
    const auto* const by = std::get_if<session::proved>(&old);
    return by == nullptr ? old : make(std::string(next.view()), by->as);
}

// A typed password is prepared where it can be; what cannot be is nobody's.
clerk::answer_of clerk::check(const std::string& typed, std::string password) {
    const crypto::secret_text given(std::move(password));
    const std::string account = base::fold(typed);
    if (const auto wait = too_soon(account)) {
        return *wait;
    }
    const auto found = from_->find(account);
    if (!found) {
        base::journal::warn("{}", found.error().sentence);
        return not_proved{doubt::failed, {}, {}};
    }
    auto prepared = base::prepared_password(given.view());
    const crypto::secret_text guess(prepared ? std::move(*prepared) : std::string());
    const std::string stored = *found && prepared ? (*found)->what.password : std::string();
    switch (crypto::verify_password(stored, guess, by_.cost)) {
    case crypto::password_answer::right: return judged(true, account, *found);
    case crypto::password_answer::wrong: return judged(false, account, *found);
    case crypto::password_answer::no_memory: break;
    }
    base::journal::warn("There was no memory to check a password.");
    return not_proved{doubt::failed, {}, {}};
}

clerk::answer_of clerk::make(std::string password, chat::proof by) const {
    const crypto::secret_text typed(std::move(password));
    auto prepared = base::prepared_password(typed.view());
    if (!prepared) {
        return not_proved{doubt::password_unusable, {}, {}};
    }
    const crypto::secret_text plain(std::move(*prepared));
    auto hashed = crypto::hash_password(plain, by_.cost);
    if (!hashed) {
        base::journal::warn("{}", hashed.error().sentence);
        return not_proved{doubt::failed, {}, {}};
    }
    session::hashed made{{std::move(*hashed), {}}, by};
    if (by_.scram) {
        made.what.scram = crypto::to_text(crypto::make_scram_keys(plain, by_.scram_iterations));
    }
    return made;
}

clerk::answer_of clerk::look_into(const session::scram_start& what) {
    if (!by_.scram) {
        return no_scram(crypto::scram_fault::other_error, doubt::not_offered);
    }
    const auto opening = crypto::read_scram_opening(what.client_first);
    if (!opening) {
        return no_scram(opening.error(), doubt::malformed);
    }
    const std::string account = base::fold(opening->account);
    if (const auto wait = too_soon(account)) {
        return *wait;
    }
    auto found = from_->find(account);
    if (!found) {
        base::journal::warn("{}", found.error().sentence);
        return not_proved{doubt::failed, {}, {}};
    }
    auto keys = *found ? crypto::parse_scram_keys((*found)->what.scram) : std::nullopt;
    if (!keys) {
        keys = crypto::imagined_scram_keys(by_.imagination, account, by_.scram_iterations);
        found->reset();
    }
    crypto::scram_exchange exchange(*opening, std::move(*keys), crypto::make_scram_nonce());
    std::string challenge = exchange.server_first();
    return session::scram_challenge{
        std::move(challenge),
        std::make_shared<const begun>(std::move(exchange), account, std::move(*found))};
}

clerk::answer_of clerk::look_into(const session::scram_finish& what) {
    const auto& of = static_cast<const begun&>(*what.begun); // nobody else makes one
    if (const auto wait = too_soon(of.account)) {
        return *wait;
    }
    const auto last = of.exchange.finish(what.client_final);
    answer_of verdict = judged(last.has_value(), of.account, of.found);
    if (auto* const right = std::get_if<session::proved>(&verdict)) {
        right->scram_final = *last;
    } else if (auto* const wrong = std::get_if<not_proved>(&verdict); wrong != nullptr && !last) {
        wrong->scram_final = crypto::scram_refusal(last.error());
    }
    return verdict;
}

clerk::answer_of clerk::look_into(const session::claim_check& what) {
    if (const auto wait = too_soon({})) {
        return *wait;
    }
    if (by_.claim.empty() || !crypto::equal_secrets(crypto::code_digest(what.code), by_.claim)) {
        counted_.with([this](guesses& of) { of.was_wrong({}, address_, now_); });
        return not_proved{doubt::wrong, {}, {}};
    }
    return session::claim_granted{};
}

// Nobody guesses a certificate, so no guess is counted.
clerk::answer_of clerk::look_into(const session::certificate_check& what) {
    return vouched(from_->find_certificate(what.fingerprint), [&](const store::kept_account& one) {
        return what.account.empty() || base::fold(what.account) == one.name.key;
    });
}

// Nobody guesses 256 bits, and an old cookie is no guess: neither is counted.
clerk::answer_of clerk::look_into(const session::login_check& what) {
    return vouched(from_->find_login(crypto::sha256(what.token)),
                   [&](const store::kept_login& one) {
                       return one.opened_at + base::limits::login_lifetime >= what.now;
                   });
}

clerk::answer_of clerk::look_into(const session::token_check& what) {
    return vouched(from_->find_token(crypto::sha256(what.token)), [](const auto&) { return true; });
}

// Nobody guesses 256 bits either. Who made it is looked up now: a pass proves no more than she
// could.
clerk::answer_of clerk::look_into(const session::pass_check& what) {
    const auto account = session::pass_owner(what.pass);
    const auto name =
        account && by_.passes != nullptr
            ? by_.passes->take(*account, crypto::sha256(what.pass), what.service, now_)
            : std::nullopt;
    if (!name) {
        return not_proved{doubt::wrong, {}, {}};
    }
    return vouched(from_->find(name->key),
                   [&](const store::kept_account& one) { return one.as.account == *account; });
}

std::optional<not_proved> clerk::too_soon(const std::string& account) {
    const std::chrono::seconds wait =
        counted_.with([&](guesses& of) { return of.wait(account, address_, now_); });
    if (wait > std::chrono::seconds{0}) {
        return not_proved{doubt::slowed_down, wait, {}};
    }
    return std::nullopt;
}

clerk::answer_of clerk::judged(bool right, const std::string& account,
                               const std::optional<store::kept_account>& found) {
    if (!right || !found) {
        counted_.with([&](guesses& of) { of.was_wrong(account, address_, now_); });
        return not_proved{doubt::wrong, {}, {}};
    }
    counted_.with([&](guesses& of) { of.was_right(account, address_, now_); });
    if (found->suspended) {
        return not_proved{doubt::suspended, {}, {}};
    }
    return session::proved{found->as, found->name, {}};
}

} // namespace tertulia::auth
