// SPDX-License-Identifier: Apache-2.0
#include "chat/skeletons.hpp"

#include "base/fnv.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

namespace tertulia::chat {
namespace {

// One or two different hashes of a name.
struct looks {
    std::array<std::uint32_t, 2> both;

    [[nodiscard]] std::span<const std::uint32_t> distinct() const {
        return std::span(both).first(both[0] == both[1] ? 1 : 2);
    }
    [[nodiscard]] bool has(std::uint32_t one) const { return both[0] == one || both[1] == one; }
};

looks looks_of(const base::name& of) {
    return {
        {static_cast<std::uint32_t>(of.skeleton >> 32U), static_cast<std::uint32_t>(of.skeleton)}};
}

// A capital I, a one and a bar are an l, a zero is an o.
char plain_look(char one) {
    switch (one) {
    case 'I':
    case '1':
    case '|': return 'l';
    case '0': return 'o';
    default: return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
    }
}

std::uint32_t plain_look(std::string_view of) {
    std::string seen(of);
    std::ranges::transform(seen, seen.begin(), [](char one) { return plain_look(one); });
    return base::fnv1a_short(seen); // small: everybody has one
}

looks plain_looks_of(const base::name& of) {
    return {{plain_look(of.display), plain_look(of.key)}};
}

} // namespace

void skeletons::add(const base::name& of) {
    const auto seen = looks_of(of);
    for (const std::uint32_t one : seen.distinct()) {
        look_alikes& count = counts_[one];
        ++(of.latin ? count.plain : count.other);
    }
    if (of.latin) {
        const auto plain = plain_looks_of(of);
        for (const std::uint32_t one : plain.distinct()) {
            ++plain_[one];
        }
    }
}

void skeletons::remove(const base::name& of) {
    const auto seen = looks_of(of);
    for (const std::uint32_t one : seen.distinct()) {
        look_alikes& count = counts_[one];
        --(of.latin ? count.plain : count.other);
        if (count.plain == 0 && count.other == 0) {
            counts_.erase(one);
        }
    }
    if (of.latin) {
        const auto plain = plain_looks_of(of);
        for (const std::uint32_t one : plain.distinct()) {
            if (--plain_[one] == 0) {
                plain_.erase(one);
            }
        }
    }
}

bool skeletons::collides(const base::name& wish, const base::name* own) const {
    const auto seen = looks_of(wish);
    const bool alike = std::ranges::any_of(seen.distinct(), [&](std::uint32_t one) {
        const auto found = counts_.find(one);
        look_alikes others = found == counts_.end() ? look_alikes{} : found->second;
        if (own != nullptr && looks_of(*own).has(one)) {
            --(own->latin ? others.plain : others.other);
        }
        return others.other > 0 || (!wish.latin && others.plain > 0);
    });
    if (alike || !wish.latin) {
        return alike;
    }
    const auto plain = plain_looks_of(wish);
    return std::ranges::any_of(plain.distinct(), [&](std::uint32_t one) {
        const auto found = plain_.find(one);
        const std::uint32_t all = found == plain_.end() ? 0 : found->second;
        const bool with_own = own != nullptr && own->latin && plain_looks_of(*own).has(one);
        return all > (with_own ? 1U : 0U);
    });
}

} // namespace tertulia::chat
