// SPDX-License-Identifier: Apache-2.0
// Whom somebody does not hear in private.
#include "base/limits.hpp"
#include "chat/application.hpp"
#include "chat/inquiry.hpp"
#include "chat/masks.hpp"
#include "chat/silence.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;
namespace {

// Does the mask mean her and nobody else, by nickname or account?
bool means(const mask_entry& mask, const card& who) {
    const mask_sense sense = sense_of(mask.folded);
    const std::string& key = who.nickname.key;
    return sense.account ? who.registered && sense.pattern == key
                         : sense.pattern.substr(0, sense.pattern.find('!')) == key;
}

} // namespace

const std::vector<mask_entry>& heart_state::silences_of(person_id whom) const {
    static const std::vector<mask_entry> none;
    if (const account* const registered = find_account(whom)) {
        return registered->silences;
    }
    const auto guest = persons.find(whom);
    return guest != persons.end() && guest->second.rare ? guest->second.rare->silences : none;
}

bool heart_state::hears(person_id whom, const person& author, base::wall_time now) const {
    return whom == author.id() || author.card->is_operator ||
           !matches(silences_of(whom), author, now);
}

void application::operator()(const silence& wish) {
    const account* const of = state_.find_account(author_->id());
    std::vector<mask_entry>& masks =
        of != nullptr ? state_.find_account(of->id)->silences : author_->more().silences;
    if (wish.on && means(wish.whom, *author_->card)) {
        refuse(reason::is_oneself, wish.whom.mask); // she hears herself all the same
        return;
    }
    const auto found = std::ranges::find(masks, wish.whom.folded, &mask_entry::folded);
    if ((found != masks.end()) == wish.on) {
        return;
    }
    if (wish.on && masks.size() >= limits::silences_max) {
        refuse(reason::silence_list_full, wish.whom.mask);
        return;
    }
    mask_entry what = wish.whom;
    what.set_at = entry_.time;
    wish.on ? masks.push_back(what) : static_cast<void>(masks.erase(found));
    if (of != nullptr) {
        emit(nobody{}, silence_saved{of->id, what, wish.on});
    }
    emit(to_sessions{author_->all_sessions()}, silence_changed{std::move(what), wish.on});
}

event inquiry::operator()(const ask_silences& /*what*/) const {
    return answer_with(silences_answer{state.silences_of(asker.id())});
}

} // namespace tertulia::chat
