// SPDX-License-Identifier: Apache-2.0
#include "chat/skeletons.hpp"

namespace tertulia::chat {

void skeletons::add(const base::name& of) {
    look_alikes& count = counts_[of.skeleton];
    ++(of.latin ? count.latin : count.other);
}

void skeletons::remove(const base::name& of) {
    look_alikes& count = counts_[of.skeleton];
    --(of.latin ? count.latin : count.other);
    if (count.latin == 0 && count.other == 0) {
        counts_.erase(of.skeleton);
    }
}

bool skeletons::collides(const base::name& wish, const base::name* own) const {
    const auto found = counts_.find(wish.skeleton);
    if (found == counts_.end()) {
        return false;
    }
    look_alikes others = found->second;
    if (own != nullptr && own->skeleton == wish.skeleton) {
        --(own->latin ? others.latin : others.other);
    }
    return others.other > 0 || (!wish.latin && others.latin > 0);
}

} // namespace tertulia::chat
