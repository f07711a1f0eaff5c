// SPDX-License-Identifier: Apache-2.0
#include "classic/dialect.hpp"

#include "base/classic_limits.hpp"
#include "classic/texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

namespace tertulia::classic {
namespace {

constexpr std::size_t company_max = base::limits::classic_company_max;

// In a crowd nobody is told who comes, goes and changes her name.
struct worth_telling {
    bool operator()(const chat::spoke& /*what*/) const { return true; }
    bool operator()(const chat::redacted& /*what*/) const { return true; }
    bool operator()(const chat::edited& /*what*/) const { return true; }
    bool operator()(const chat::kicked& /*what*/) const { return true; } // the one who is kicked
    bool operator()(const chat::room_renamed& /*what*/) const { return true; } // speaks there
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

std::string dialect::origin_address(const visitor& /*who*/) const { return {}; }

std::string_view dialect::address_of(const chat::card& who) {
    const std::string_view whole = who.real_name;
    return whole.substr(std::min(whole.find(' ') + 1, whole.size()));
}

// False: its writes are there already.
bool dialect::begins(chat::message_number of) const {
    if (of && of == last_number_) {
        return false;
    }
    last_number_ = of;
    last_.clear();
    return true;
}

// A message of several lines is said line by line, those with nothing left out.
const writes& dialect::heard(const chat::spoke& what) const {
    if (!begins(what.number)) {
        return last_;
    }
    const recent_word* const about = recent_.find(what.about, what.conversation);
    const auto text = plain_text(what, about, rules().language);
    std::string_view rest = text ? std::string_view(*text) : std::string_view();
    while (text && !rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (!line.empty()) {
            std::ranges::move(said(speech_of(what, std::string(line))), std::back_inserter(last_));
        }
    }
    if (what.kind != chat::message_kind::tags) {
        recent_.note(what, unmarked(what.text));
    }
    return last_;
}

const writes& dialect::heard(const chat::redacted& what) const {
    if (begins(what.number)) {
        const std::string& by = what.by->nickname.display;
        const recent_word* const of =
            what.own ? nullptr : recent_.find(what.message, what.conversation);
        last_ = noted(
            of == nullptr
                ? base::say(rules().language, base::text_key::classic_redacted, {by})
                : base::say(rules().language, base::text_key::classic_redacted_of, {by, of->name}));
    }
    recent_.forget(what.message, what.conversation);
    return last_;
}

const writes& dialect::heard(const chat::edited& what) const {
    if (begins(what.number)) {
        std::string text = unmarked(what.text);
        std::ranges::replace(text, '\n', ' ');
        last_ = said(
            speech_of(what, base::say(rules().language, base::text_key::classic_edited, {text})));
    }
    recent_.change(what.message, what.conversation, unmarked(what.text));
    return last_;
}

template <class Said>
speech dialect::speech_of(const Said& what, std::string text) const {
    const std::string& name = what.by->nickname.display;
    const bool privately = !what.room && !shows_rooms();
    return {privately ? base::say(rules().language, base::text_key::classic_privately, {name})
                      : name,
            std::move(text), what.by->arrival,
            what.room ? std::string(without_hash(*what.room)) : "@" + what.to->nickname.display};
}

void dialect::witness(const chat::event& of, chat::conversation_id /*in*/) const {
    if (const auto* const said = std::get_if<chat::spoke>(&of.what)) {
        if (said->kind != chat::message_kind::tags) {
            recent_.note(*said, unmarked(said->text));
        }
    }
}

void dialect::render(const chat::event& /*of*/, session::features /*as*/,
                     std::string& /*out*/) const {}

session::features dialect::relevant(const chat::event& /*of*/) const { return 0; }

bool dialect::tells_each(const chat::event& of, session::features /*as*/) const {
    return std::visit(worth_telling{}, of.what);
}

std::string_view without_hash(const chat::room_card& of) {
    const std::string_view whole = of.name.display;
    const std::string_view name = whole.substr(1);
    return name == "*" || name.starts_with('@') ? whole : name;
}

} // namespace tertulia::classic
