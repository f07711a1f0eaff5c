// SPDX-License-Identifier: Apache-2.0
// Codes by which accounts are made: the machine's owner makes them and takes them back, and each
// use is counted in the entry that it is for, so that there is none too many.
#include "base/order_limits.hpp"
#include "chat/code.hpp"
#include "chat/inquiry.hpp"
#include "chat/steward.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;

void application::operator()(const add_code& wish) {
    auto& all = state_.order.codes;
    const bool known = std::ranges::find(all, wish.digest, &account_code::digest) != all.end();
    if (known || all.size() >= limits::codes_max) {
        refuse(reason::no_more_codes, wish.start);
        return;
    }
    const auto until = wish.lasts_for
                           ? std::optional<base::wall_time>(entry_.time + *wish.lasts_for)
                           : std::nullopt;
    all.push_back({wish.digest, wish.start, wish.uses, 0, entry_.time, until});
    emit(nobody{}, code_saved{all.back(), true});
    note_measure(measure::made_code, authority::machine, wish.start, std::to_string(wish.uses),
                 until);
}

void application::operator()(const remove_code& wish) {
    auto& all = state_.order.codes;
    auto found = std::ranges::find(all, wish.digest, &account_code::digest);
    if (found == all.end() && std::ranges::count(all, wish.start, &account_code::start) == 1) {
        found = std::ranges::find(all, wish.start, &account_code::start);
    }
    if (found == all.end()) {
        refuse(reason::no_such_code, wish.start);
        return;
    }
    const account_code gone = *found;
    all.erase(found);
    emit(nobody{}, code_saved{gone, false});
    note_measure(measure::took_back_code, authority::machine, gone.start, {}, {});
}

bool steward::accepts(const std::string& code) {
    const auto& all = in_.state_.order.codes;
    const auto found = std::ranges::find(all, code, &account_code::digest);
    if (found == all.end() || !found->in_force(in_.entry_.time)) {
        in_.refuse(reason::code_wrong);
        return false;
    }
    return true;
}

void steward::use(const std::string& code, const base::name& by) {
    auto& all = in_.state_.order.codes;
    const auto found = std::ranges::find(all, code, &account_code::digest);
    ++found->used;
    const bool kept = --found->uses > 0;
    in_.emit(nobody{}, code_saved{*found, kept});
    record({in_.number_, measure::used_code, by.display, found->start, {}, {}});
    if (!kept) {
        all.erase(found);
    }
}

void steward::end_codes_that_are_over() {
    std::erase_if(in_.state_.order.codes, [&](const account_code& one) {
        const bool over = !one.in_force(in_.entry_.time);
        if (over) {
            in_.emit(nobody{}, code_saved{one, false});
        }
        return over;
    });
}

event inquiry::operator()(const ask_codes& /*what*/) const {
    return answer_with(codes_answer{}); // to a person
}

} // namespace tertulia::chat
