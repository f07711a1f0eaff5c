// SPDX-License-Identifier: Apache-2.0
// What an account knows of its own sessions, its language and its certificates.
#include "chat/sessions.hpp"

#include "base/limits.hpp"
#include "chat/application.hpp"
#include "chat/inquiry.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;

void application::note_session(const std::string& door, base::wall_time since) {
    author_->more().facts.push_back({entry_.author, door, since, entry_.time});
}

void application::note_words() {
    author_->speaks(entry_.time);
    if (!author_->rare) {
        return;
    }
    std::vector<session_facts>& all = author_->rare->facts;
    const auto own = std::ranges::find(all, entry_.author, &session_facts::session);
    if (own != all.end()) {
        own->spoke_at = entry_.time;
    }
}

void application::operator()(const end_session& wish) {
    if (own_account() == nullptr) {
        return;
    }
    const bool hers = std::ranges::find(author_->sessions, wish.which, &attached::session) !=
                      author_->sessions.end();
    if (hers) {
        emit(to_sessions{{wish.which}}, evicted{eviction::by_other_session, {}, {}});
    } else {
        refuse(reason::no_such_session);
    }
}

void application::operator()(const set_language& wish) {
    if (author_->card->registered) {
        account& of = *state_.find_account(author_->id());
        if (std::exchange(of.language, wish.code) != wish.code) {
            emit(nobody{}, of.saved());
        }
        emit(to_sessions{author_->all_sessions()}, language_changed{wish.code});
    } else {
        emit(to_session{entry_.author}, language_changed{wish.code});
    }
}

void application::operator()(const change_certificate& wish) {
    account* const of = own_account();
    if (of == nullptr) {
        return;
    }
    std::vector<std::string>& held = of->certificates;
    const bool has = std::ranges::find(held, wish.fingerprint) != held.end();
    if (wish.add && !has && state_.by_certificate.contains(wish.fingerprint)) {
        refuse(reason::certificate_taken);
        return;
    }
    if (wish.add && !has && held.size() >= limits::certificates_max) {
        refuse(reason::too_many_certificates);
        return;
    }
    if (wish.add == has) {
        refuse(wish.add ? reason::certificate_known : reason::no_such_certificate);
        return;
    }
    if (wish.add) {
        held.push_back(wish.fingerprint);
        state_.by_certificate.emplace(wish.fingerprint, of->id);
    } else {
        std::erase(held, wish.fingerprint);
        state_.by_certificate.erase(wish.fingerprint);
        ++of->version; // who is just being proved by it comes too late
        emit(nobody{}, of->saved());
    }
    emit(nobody{}, certificate_saved{of->id, wish.fingerprint, wish.add});
    emit(to_session{entry_.author},
         answered{std::make_shared<const answer>(certificates_answer{held, true})});
}

event inquiry::operator()(const ask_sessions& /*what*/) const {
    sessions_answer found;
    if (asker.card->registered && asker.rare) {
        for (const session_facts& one : asker.rare->facts) {
            const auto from = std::ranges::find(asker.sessions, one.session, &attached::session);
            found.sessions.push_back(
                {one, from == asker.sessions.end() ? std::string() : from->address->text,
                 one.session == cause.session});
        }
    }
    return answer_with(std::move(found));
}

event inquiry::operator()(const ask_certificates& /*what*/) const {
    certificates_answer found;
    if (asker.card->registered) {
        found.fingerprints = state.accounts.at(asker.id()).certificates;
    }
    return answer_with(std::move(found));
}

} // namespace tertulia::chat
