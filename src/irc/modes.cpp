// SPDX-License-Identifier: Apache-2.0
#include "irc/modes.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <utility>
#include <variant>

namespace tertulia::irc {

namespace {

// What a letter of a room's MODE line means.
struct password_letter {};
struct capacity_letter {};
struct history_letter {};
struct slow_letter {};
using meaning = std::variant<chat::room_list, password_letter, capacity_letter, history_letter,
                             slow_letter, chat::room_flag, chat::role>;

struct room_letter {
    char letter;
    meaning means;
};
constexpr std::array<room_letter, 20> room_letters{{
    {'b', chat::room_list::ban},
    {'e', chat::room_list::ban_exception},
    {'I', chat::room_list::invite_exception},
    {'k', password_letter{}},
    {'l', capacity_letter{}},
    {'H', history_letter{}},
    {'W', slow_letter{}},
    {'i', chat::room_flag::invite_only},
    {'m', chat::room_flag::moderated},
    {'n', chat::room_flag::members_only},
    {'s', chat::room_flag::secret},
    {'t', chat::room_flag::topic_locked},
    {'C', chat::room_flag::no_ctcp},
    {'R', chat::room_flag::accounts_only},
    {'M', chat::room_flag::accounts_speak},
    {'q', chat::role::owner},
    {'a', chat::role::admin},
    {'o', chat::role::room_operator},
    {'h', chat::role::half_operator},
    {'v', chat::role::voice},
}};

struct person_letter {
    char letter;
    chat::person_flag means;
};
constexpr std::array<person_letter, 1> person_letters{{{'i', chat::person_flag::invisible}}};

struct role_row {
    chat::role rank;
    std::string_view prefix;
};
constexpr std::array<role_row, 5> roles{{
    {chat::role::owner, "~"},
    {chat::role::admin, "&"},
    {chat::role::room_operator, "@"},
    {chat::role::half_operator, "%"},
    {chat::role::voice, "+"},
}};

const room_letter* find_letter(std::string_view typed) {
    const auto* found = std::ranges::find_if(room_letters, [typed](const room_letter& row) {
        return typed == std::string_view(&row.letter, 1);
    });
    return found == room_letters.end() ? nullptr : found;
}

template <class Meaning>
char letter_that_means(Meaning wanted) {
    const auto* found = std::ranges::find_if(room_letters, [wanted](const room_letter& row) {
        const Meaning* means = std::get_if<Meaning>(&row.means);
        return means != nullptr && *means == wanted;
    });
    return found->letter;
}

// The letters whose meaning is one of the given kinds, in the table's order.
template <class... Kinds>
std::string letters_of() {
    std::string letters;
    for (const room_letter& row : room_letters) {
        if ((std::holds_alternative<Kinds>(row.means) || ...)) {
            letters += row.letter;
        }
    }
    return letters;
}

// The first character of `text`, however many bytes it has.
std::string_view first_character(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
        ++size;
    }
    return text.substr(0, size);
}

// A JOIN line must carry it too.
bool well_formed_password(std::string_view typed) {
    return is_one_parameter(typed) && typed.size() <= base::limits::room_password_size_max &&
           !typed.contains(',');
}

// Reads one MODE line from left to right.
class room_mode_reader {
public:
    explicit room_mode_reader(std::span<const std::string_view> arguments)
        : arguments_(arguments) {}

    room_mode_wishes read(std::string_view mode_string) {
        while (!mode_string.empty()) {
            letter_ = first_character(mode_string);
            mode_string.remove_prefix(letter_.size());
            if (letter_ == "+" || letter_ == "-") {
                adding_ = letter_ == "+";
            } else if (const room_letter* row = find_letter(letter_)) {
                std::visit([this](auto means) { take(means); }, row->means);
            } else {
                complain(numeric::err_unknownmode, {});
            }
        }
        return std::move(wishes_);
    }

private:
    void take(chat::room_flag flag) {
        wishes_.changes.emplace_back(chat::flag_change{flag, adding_});
    }

    void take(chat::room_list list) {
        if (arguments_.empty()) {
            if (std::ranges::find(wishes_.shown, list) == wishes_.shown.end()) {
                wishes_.shown.push_back(list);
            }
            return;
        }
        const std::string_view typed = next_argument();
        if (auto entry = read_mask(typed, list)) {
            wish(chat::mask_change{list, adding_, std::move(*entry)});
        } else {
            complain(numeric::err_invalidmodeparam, typed);
        }
    }

    // "-k" is taken without the password too: nobody should need to know what they take away.
    void take(password_letter) {
        const std::string_view typed = next_argument();
        if (!adding_) {
            wish(chat::password_change{});
        } else if (!well_formed_password(typed)) {
            complain(numeric::err_invalidmodeparam, typed);
        } else {
            wish(chat::password_change{std::string(typed)});
        }
    }

    void take(capacity_letter) {
        if (!adding_) {
            wishes_.changes.emplace_back(chat::capacity_change{});
            return;
        }
        constexpr auto any = std::numeric_limits<std::uint32_t>::max();
        if (const auto capacity = next_number(1, any)) {
            wish(chat::capacity_change{*capacity});
        }
    }

    void take(history_letter) {
        if (!adding_) {
            wishes_.changes.emplace_back(chat::history_change{});
        } else if (const auto days = next_number(0, base::limits::history_days_max)) {
            wish(chat::history_change{*days});
        }
    }

    void take(slow_letter) {
        if (!adding_) {
            wishes_.changes.emplace_back(chat::slow_change{});
        } else if (const auto seconds = next_number(1, base::limits::slow_seconds_max)) {
            wish(chat::slow_change{*seconds});
        }
    }

    void take(chat::role rank) {
        const std::string_view typed = next_argument();
        if (typed.empty()) {
            complain(numeric::err_invalidmodeparam, typed);
        } else if (auto target = base::make_nickname(typed)) {
            wish(chat::role_change{rank, adding_, *std::move(target)});
        } else {
            complain(numeric::err_nosuchnick, typed);
        }
    }

    // What is no such number is complained of.
    std::optional<std::uint32_t> next_number(std::uint32_t least, std::uint32_t most) {
        const std::string_view typed = next_argument();
        std::uint32_t number = 0;
        const auto [end, fault] =
            std::from_chars(typed.data(), typed.data() + typed.size(), number);
        if (fault != std::errc{} || end != typed.data() + typed.size() || number < least ||
            number > most) {
            complain(numeric::err_invalidmodeparam, typed);
            return std::nullopt;
        }
        return number;
    }

    std::string_view next_argument() {
        if (arguments_.empty()) {
            return {};
        }
        const std::string_view taken = arguments_.front();
        arguments_ = arguments_.subspan(1);
        return taken;
    }

    // A change that took a parameter.
    void wish(chat::mode_change change) {
        if (with_parameter_ < base::limits::modes_per_line_max) {
            ++with_parameter_;
            wishes_.changes.push_back(std::move(change));
        }
    }

    void complain(numeric number, std::string_view parameter) {
        const bool known = std::ranges::any_of(wishes_.faults, [&](const mode_fault& fault) {
            return fault.letter == letter_ && fault.parameter == parameter;
        });
        if (!known) {
            wishes_.faults.push_back({number, letter_, parameter});
        }
    }

    std::span<const std::string_view> arguments_;
    std::string_view letter_;
    bool adding_ = true;
    std::size_t with_parameter_ = 0;
    room_mode_wishes wishes_;
};

// A change as MODE shows it.
struct shown_change {
    bool adding;
    char letter;
    std::string parameter;
};

shown_change show(const chat::flag_change& change) {
    return {change.on, letter_that_means(change.flag), {}};
}
shown_change show(const chat::password_change& change) {
    const bool adding = !change.password.empty();
    return {adding, 'k', adding ? change.password : "*"};
}
shown_change show(const chat::capacity_change& change) {
    const bool adding = change.capacity != 0;
    return {adding, 'l', adding ? fmt::to_string(change.capacity) : std::string()};
}
shown_change show(const chat::history_change& change) {
    const bool adding = change.days.has_value();
    return {adding, 'H', adding ? fmt::to_string(*change.days) : std::string()};
}
shown_change show(const chat::slow_change& change) {
    const bool adding = change.seconds != 0;
    return {adding, 'W', adding ? fmt::to_string(change.seconds) : std::string()};
}
shown_change show(const chat::mask_change& change) {
    return {change.add, letter_that_means(change.list), change.entry.mask};
}
shown_change show(const chat::role_change& change) {
    return {change.grant, letter_that_means(change.what), change.target.display};
}

} // namespace

std::string_view role_prefix(chat::role of) {
    const auto* found = std::ranges::find(roles, of, &role_row::rank);
    return found == roles.end() ? std::string_view() : found->prefix;
}

std::optional<chat::role> role_of_prefix(char prefix) {
    const auto* found = std::ranges::find(roles, std::string_view(&prefix, 1), &role_row::prefix);
    return found == roles.end() ? std::nullopt : std::optional(found->rank);
}

room_mode_wishes read_room_modes(std::span<const std::string_view> parameters) {
    return parameters.empty() ? room_mode_wishes()
                              : room_mode_reader(parameters.subspan(1)).read(parameters.front());
}

person_mode_wishes read_person_modes(std::string_view mode_string) {
    person_mode_wishes wishes;
    bool adding = true;
    for (const char letter : mode_string) {
        const auto* row = std::ranges::find(person_letters, letter, &person_letter::letter);
        if (letter == '+' || letter == '-') {
            adding = letter == '+';
        } else if (row != person_letters.end()) {
            wishes.changes.push_back({row->means, adding});
        } else {
            wishes.unknown_flag = true;
        }
    }
    return wishes;
}

std::vector<std::string> mode_texts(std::span<const chat::mode_change> changes,
                                    std::size_t size_max) {
    std::vector<std::string> texts;
    std::string letters;
    std::string parameters;
    std::optional<bool> sign;
    const auto finish = [&] {
        if (!letters.empty()) {
            texts.push_back(letters + parameters);
        }
        letters.clear();
        parameters.clear();
        sign.reset();
    };
    for (const chat::mode_change& change : changes) {
        const shown_change shown = std::visit([](const auto& one) { return show(one); }, change);
        constexpr std::size_t sign_letter_and_blank = 3;
        if (letters.size() + parameters.size() + shown.parameter.size() + sign_letter_and_blank >
            size_max) {
            finish();
        }
        if (sign != shown.adding) {
            letters += shown.adding ? '+' : '-';
            sign = shown.adding;
        }
        letters += shown.letter;
        if (!shown.parameter.empty()) {
            parameters += ' ';
            parameters += shown.parameter;
        }
    }
    finish();
    return texts;
}

std::string mode_text(std::span<const chat::person_flag_change> changes) {
    std::string text;
    std::optional<bool> sign;
    for (const chat::person_flag_change& change : changes) {
        if (sign != change.on) {
            text += change.on ? '+' : '-';
            sign = change.on;
        }
        text += std::ranges::find(person_letters, change.flag, &person_letter::means)->letter;
    }
    return text;
}

std::vector<std::string> room_mode_parameters(const chat::room_view& of) {
    std::vector<std::string> parameters{"+"};
    for (const room_letter& row : room_letters) {
        const chat::room_flag* flag = std::get_if<chat::room_flag>(&row.means);
        if (flag != nullptr && of.flags.test(static_cast<std::size_t>(*flag))) {
            parameters.front() += row.letter;
        }
    }
    if (!of.password.empty()) {
        parameters.front() += 'k';
        parameters.push_back(of.password);
    }
    if (of.capacity != 0) {
        parameters.front() += 'l';
        parameters.push_back(fmt::to_string(of.capacity));
    }
    if (of.history_days) {
        parameters.front() += 'H';
        parameters.push_back(fmt::to_string(*of.history_days));
    }
    if (of.slow_s != 0) {
        parameters.front() += 'W';
        parameters.push_back(fmt::to_string(of.slow_s));
    }
    return parameters;
}

std::string person_mode_letters() {
    std::string letters;
    for (const person_letter& row : person_letters) {
        letters += row.letter;
    }
    return letters;
}

std::string room_mode_letters() {
    return letters_of<chat::room_list, password_letter, capacity_letter, history_letter,
                      slow_letter, chat::room_flag, chat::role>();
}

std::string room_mode_letters_with_parameter() {
    return letters_of<chat::room_list, password_letter, capacity_letter, history_letter,
                      slow_letter, chat::role>();
}

std::string channel_modes_by_type() {
    return fmt::format("{},{},{},{}", list_letters(), letters_of<password_letter>(),
                       letters_of<capacity_letter, history_letter, slow_letter>(),
                       letters_of<chat::room_flag>());
}

std::string list_letters() { return letters_of<chat::room_list>(); }

std::string role_letters() { return letters_of<chat::role>(); }

std::string role_prefixes() {
    std::string prefixes;
    for (const role_row& row : roles) {
        prefixes += row.prefix;
    }
    return prefixes;
}

char letter_of(chat::room_list of) { return letter_that_means(of); }

} // namespace tertulia::irc
