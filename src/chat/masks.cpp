// SPDX-License-Identifier: Apache-2.0
#include "chat/masks.hpp"

#include "base/glob.hpp"
#include "chat/state.hpp"

#include <algorithm>
#include <string>

namespace tertulia::chat {
namespace {

// A person as masks are compared with her: made once for a list. Anybody may set one and see whom
// it meets, so it meets what anybody is shown. Where addresses are cloaked, they tell themselves
// to no mask: octet by octet, that would uncloak them.
class likeness {
public:
    explicit likeness(const person& of)
        : of_(of), shown_(of.card->nickname.key + "!" + ascii_lower(of.card->user) + "@" +
                          ascii_lower(of.card->host)) {}

    [[nodiscard]] bool fits(const mask_sense& what) const {
        if (what.certificate) {
            return of_.rare && std::ranges::any_of(of_.rare->shown, [&](const auto& one) {
                       return base::glob_match(what.pattern, one.fingerprint);
                   });
        }
        if (what.account) {
            return of_.card->registered && base::glob_match(what.pattern, of_.card->nickname.key);
        }
        return base::glob_match(what.pattern, shown_);
    }

private:
    const person& of_;
    std::string shown_;
};

enum class muting { counts, does_not_count };

bool fits_any(const std::vector<mask_entry>& masks, const person& who, base::wall_time now,
              muting mutes) {
    if (masks.empty()) {
        return false;
    }
    const likeness her(who);
    return std::ranges::any_of(masks, [&](const mask_entry& one) {
        const mask_sense means = sense_of(one.folded);
        const bool counts = mutes == muting::counts || !means.mutes;
        return counts && !one.over_at(now) && her.fits(means);
    });
}

} // namespace

mask_sense sense_of(std::string_view folded) {
    constexpr std::string_view mute = "m:";
    constexpr std::string_view account = "a:";
    constexpr std::string_view certificate = "z:";
    mask_sense made;
    made.mutes = folded.starts_with(mute);
    folded.remove_prefix(made.mutes ? mute.size() : 0);
    made.account = folded.starts_with(account);
    folded.remove_prefix(made.account ? account.size() : 0);
    made.certificate = !made.account && folded.starts_with(certificate);
    folded.remove_prefix(made.certificate ? certificate.size() : 0);
    made.pattern = folded;
    return made;
}

bool matches(const std::vector<mask_entry>& masks, const person& who, base::wall_time now) {
    return fits_any(masks, who, now, muting::does_not_count);
}

bool banned(const room& from, const person& who, base::wall_time now) {
    return matches(from.list(room_list::ban), who, now) &&
           !matches(from.list(room_list::ban_exception), who, now);
}

bool silenced(const room& in, const person& who, base::wall_time now) {
    return fits_any(in.list(room_list::ban), who, now, muting::counts) &&
           !fits_any(in.list(room_list::ban_exception), who, now, muting::counts);
}

} // namespace tertulia::chat
