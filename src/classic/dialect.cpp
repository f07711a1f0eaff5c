// SPDX-License-Identifier: Apache-2.0
#include "classic/dialect.hpp"

#include "base/limits.hpp"
#include "classic/texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

namespace tertulia::classic {
namespace {

constexpr std::size_t company_max = base::limits::classic_company_max;

// In a crowd nobody is told who comes, goes and changes her name.
struct worth_telling {
    bool operator()(const chat::spoke& /*what*/) const { return true; }
    bool operator()(const chat::kicked& /*what*/) const { return true; } // the one who is kicked
    bool operator()(const chat::joined& what) const {
        return what.members->members.size() <= company_max;
    }
    bool operator()(const chat::parted& what) const { return what.others <= company_max; }
    bool operator()(const chat::person_left& what) const { return anywhere(what.others); }
    bool operator()(const chat::renamed& what) const { return anywhere(what.others); }
    template <class Other>
    bool operator()(const Other& /*what*/) const {
        return false;
    }

private:
    static bool anywhere(const std::vector<std::uint32_t>& others) {
        return std::ranges::any_of(others,
                                   [](std::uint32_t count) { return count <= company_max; });
    }
};

} // namespace

writes dialect::came(const chat::card& /*who*/, const chat::room_card& /*where*/) const {
    return {};
}
writes dialect::went(const chat::card& /*who*/) const { return {}; }
writes dialect::changed_name(const chat::card& /*before*/, const chat::card& /*after*/) const {
    return {};
}

std::string dialect::origin_address(const visitor& who) const {
    return fmt::format("({}, {})", who.cloaked, who.port);
}

std::string_view dialect::address_of(const chat::card& who) {
    const std::string_view whole = who.real_name;
    return whole.substr(std::min(whole.find(' ') + 1, whole.size()));
}

const writes& dialect::heard(const chat::spoke& what) const {
    if (what.number.value == 0 || what.number != last_number_) {
        last_number_ = what.number;
        last_.clear();
        if (const auto text = plain_text(what, rules().language)) {
            last_ = said({author(what), *text, what.by->arrival, place(what)});
        }
    }
    return last_;
}

std::string dialect::author(const chat::spoke& of) const {
    const std::string& name = of.by->nickname.display;
    return of.room || shows_rooms()
               ? name
               : base::say(rules().language, base::text_key::classic_privately, {name});
}

std::string dialect::place(const chat::spoke& of) {
    return of.room ? std::string(without_hash(*of.room)) : "@" + of.to->nickname.display;
}

void dialect::render(const chat::event& /*of*/, session::features /*as*/,
                     std::string& /*out*/) const {}

session::features dialect::relevant(const chat::event& /*of*/) const { return 0; }

bool dialect::tells_each(const chat::event& of, session::features /*as*/) const {
    return std::visit(worth_telling{}, of.what);
}

std::string_view without_hash(const chat::room_card& of) {
    return std::string_view(of.name.display).substr(1);
}

} // namespace tertulia::classic
