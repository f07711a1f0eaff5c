// SPDX-License-Identifier: Apache-2.0
#include "server/control.hpp"

#include "base/base64.hpp"
#include "base/limits.hpp"
#include "base/order_limits.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace tertulia::server {
namespace {

// The words of a line, all but the first decoded; nothing where one is no base64.
std::optional<std::vector<std::string>> words_of(std::string_view line) {
    std::vector<std::string> words;
    while (!line.empty()) {
        const std::string_view word = line.substr(0, line.find(' '));
        line.remove_prefix(std::min(line.size(), word.size() + 1));
        if (words.empty()) {
            words.emplace_back(word);
        } else if (auto decoded = base::from_base64(word)) {
            words.push_back(std::move(*decoded));
        } else {
            return std::nullopt;
        }
    }
    return words;
}

std::string_view word_for(chat::reason why) {
    switch (why) {
    case chat::reason::nickname_in_use:
    case chat::reason::nickname_registered: return "name_taken";
    case chat::reason::nickname_looks_alike: return "name_looks_alike";
    case chat::reason::no_such_account: return "no_such_account";
    case chat::reason::no_such_code: return "no_such_code";
    case chat::reason::no_more_codes: return "no_more_codes";
    case chat::reason::no_space: return "no_space";
    default: return "busy";
    }
}

// "+kill,ban -mute", with "all" for all of them; the sign holds until the next one.
std::optional<chat::set_rights> read_rights(std::string_view text) {
    chat::set_rights made;
    char sign = 0;
    while (!text.empty()) {
        if (text.front() == '+' || text.front() == '-') {
            sign = text.front();
            text.remove_prefix(1);
        }
        const std::string_view word = text.substr(0, text.find_first_of(",+- "));
        text.remove_prefix(word.size());
        const auto found = chat::right_of(word);
        if (sign == 0 || (!found && word != "all")) {
            return std::nullopt;
        }
        chat::rights& into = sign == '+' ? made.give : made.take;
        found ? into.set(static_cast<std::size_t>(*found)) : into.set();
        const std::size_t gap = std::min(text.find_first_not_of(", "), text.size());
        if (gap > 0 && gap == text.size()) {
            return std::nullopt; // nothing stands behind the comma
        }
        text.remove_prefix(gap);
    }
    return sign == 0 ? std::nullopt : std::optional(made);
}

// "kill,ban", or "-".
std::string listed(chat::rights held) {
    std::string made;
    for (std::size_t bit = 0; bit < chat::right_count; ++bit) {
        if (held.test(bit)) {
            made += made.empty() ? "" : ",";
            made += chat::name_of(static_cast<chat::right>(bit));
        }
    }
    return made.empty() ? "-" : made;
}

class account_listing final : public session::listing {
public:
    explicit account_listing(std::shared_ptr<const chat::answer> of) : of_(std::move(of)) {}

    bool next(std::string& out) override {
        constexpr std::size_t per_slice = 50;
        const auto& all = std::get<chat::accounts_answer>(*of_).accounts;
        for (const std::size_t end = std::min(at_ + per_slice, all.size()); at_ < end; ++at_) {
            const auto& one = all[at_];
            out += fmt::format("account {} {} {:d} {:d} {}\n", base::to_base64(one.name.display),
                               one.made_at.time_since_epoch().count(), one.suspended, one.present,
                               listed(one.held));
        }
        return at_ < all.size();
    }

private:
    std::shared_ptr<const chat::answer> of_;
    std::size_t at_ = 0;
};

class code_listing final : public session::listing {
public:
    explicit code_listing(std::shared_ptr<const chat::answer> of) : of_(std::move(of)) {}

    bool next(std::string& out) override {
        constexpr std::size_t per_slice = 50;
        const auto& all = std::get<chat::codes_answer>(*of_).codes;
        for (const std::size_t end = std::min(at_ + per_slice, all.size()); at_ < end; ++at_) {
            const chat::account_code& one = all[at_];
            out += fmt::format("code {} {} {} {}\n", base::to_base64(one.start), one.uses, one.used,
                               one.until ? one.until->time_since_epoch().count() : -1);
        }
        return at_ < all.size();
    }

private:
    std::shared_ptr<const chat::answer> of_;
    std::size_t at_ = 0;
};

template <class Number>
std::optional<Number> read_number(std::string_view text) {
    Number number{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = fault == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
}

} // namespace

void control_dialect::render(const chat::event& /*of*/, session::features /*as*/,
                             std::string& /*out*/) const {}

session::features control_dialect::relevant(const chat::event& /*of*/) const { return 0; }

void control_session::begin(base::moment /*now*/, session::output& /*out*/) {}

std::size_t control_session::receive(std::string_view bytes, base::moment /*now*/,
                                     session::output& out) {
    std::size_t taken = 0;
    while (!busy_) {
        const std::size_t end = bytes.find('\n', taken);
        if (end == std::string_view::npos) {
            if (bytes.size() - taken >= base::limits::control_line_size_max) {
                farewell({}, out);
                return bytes.size();
            }
            break;
        }
        take_line(bytes.substr(taken, end - taken), out);
        taken = end + 1;
    }
    return taken;
}

const std::array<control_session::row, 10> control_session::rows{{
    {"account-add", 2, &control_session::add},
    {"account-password", 2, &control_session::set_password},
    {"account-list", 0, &control_session::list},
    {"account-suspend", 1, &control_session::suspend},
    {"account-resume", 1, &control_session::resume},
    {"account-delete", 1, &control_session::remove},
    {"account-rights", 2, &control_session::set_rights},
    {"code-add", 4, &control_session::add_code},
    {"code-list", 0, &control_session::list_codes},
    {"code-remove", 2, &control_session::remove_code},
}};

void control_session::take_line(std::string_view line, session::output& out) {
    const auto said = words_of(line);
    refused_ = {};
    const auto found = std::ranges::find_if(rows, [&](const row& one) {
        return said && said->size() == one.arguments + 1 && said->front() == one.verb;
    });
    if (found == rows.end()) {
        refuse("unknown_request", out);
        return;
    }
    if (found->arguments > 0 && found->verb.starts_with("account-")) {
        auto name = base::make_nickname((*said)[1]);
        if (!name) {
            refuse("bad_name", out);
            return;
        }
        account_ = std::move(*name);
    }
    (this->*found->handle)(*said, out);
}

void control_session::add(const words& given, session::output& out) {
    adds_ = true;
    hash(given[2], out);
}

void control_session::set_password(const words& given, session::output& out) {
    adds_ = false;
    hash(given[2], out);
}

void control_session::hash(const std::string& password, session::output& out) {
    busy_ = true;
    out.check = session::credential_query{0, session::password_hash{password}};
}

void control_session::list(const words& /*none*/, session::output& out) {
    submit(chat::ask_accounts{}, out);
}

void control_session::suspend(const words& /*name*/, session::output& out) {
    submit(chat::suspend_account{account_, true, chat::authority::machine}, out);
}

void control_session::resume(const words& /*name*/, session::output& out) {
    submit(chat::suspend_account{account_, false, chat::authority::machine}, out);
}

void control_session::remove(const words& /*name*/, session::output& out) {
    submit(chat::delete_account{account_, chat::authority::machine}, out);
}

void control_session::set_rights(const words& given, session::output& out) {
    if (auto wish = read_rights(given[2])) {
        submit(chat::set_rights{account_, wish->give, wish->take}, out);
    } else {
        refuse("bad_rights", out);
    }
}

// A digest, how the code begins, for how many accounts and how many seconds ("-": for good).
void control_session::add_code(const words& given, session::output& out) {
    const auto uses = read_number<std::uint32_t>(given[3]);
    const auto lasts = read_number<std::int64_t>(given[4]);
    const bool for_good = given[4] == "-";
    if (!uses || *uses == 0 || *uses > base::limits::code_uses_max) {
        refuse("bad_uses", out);
    } else if (!for_good &&
               (!lasts || *lasts <= 0 || *lasts > base::limits::code_lasts_max.count())) {
        refuse("bad_expiry", out);
    } else {
        const auto length = for_good ? std::nullopt : std::optional(std::chrono::seconds(*lasts));
        submit(chat::add_code{given[1], given[2], *uses, length}, out);
    }
}

void control_session::list_codes(const words& /*none*/, session::output& out) {
    submit(chat::ask_codes{}, out);
}

void control_session::remove_code(const words& given, session::output& out) {
    submit(chat::remove_code{given[1], given[2]}, out);
}

void control_session::submit(std::variant<chat::command, chat::question> what,
                             session::output& out) {
    busy_ = true;
    out.requests.push_back({++serial_, std::move(what)});
}

void control_session::refuse(std::string_view why, session::output& out) {
    busy_ = false;
    out.text() += fmt::format("refused {}\n", why);
}

void control_session::deliver_check(const session::credential_answer& answer, base::moment /*now*/,
                                    session::output& out) {
    const auto* const made = std::get_if<session::hashed>(&answer);
    if (made == nullptr) {
        const auto& why = std::get<session::not_proved>(answer);
        refuse(why.why == session::doubt::password_unusable ? "bad_password" : "busy", out);
    } else if (adds_) {
        submit(chat::command(chat::register_account{account_, made->what, {}}), out);
    } else {
        submit(chat::command(chat::reset_credentials{account_, made->what}), out);
    }
}

void control_session::deliver(const chat::event& of, base::moment /*now*/, session::output& out) {
    if (const auto* const refused = std::get_if<chat::refused>(&of.what)) {
        refused_ = word_for(refused->why);
    } else if (const auto* const answered = std::get_if<chat::answered>(&of.what)) {
        if (std::holds_alternative<chat::codes_answer>(*answered->what)) {
            out.list(std::make_unique<code_listing>(answered->what));
        } else {
            out.list(std::make_unique<account_listing>(answered->what));
        }
    } else if (std::holds_alternative<chat::done>(of.what)) {
        if (!refused_.empty()) {
            refuse(refused_, out);
        } else {
            busy_ = false;
            out.text() += "done\n";
        }
    }
}

void control_session::deliver_read(const session::read_answer& /*page*/, base::moment /*now*/,
                                   session::output& /*out*/) {}

void control_session::tick(base::moment /*now*/, session::output& /*out*/) {}

base::steady_time control_session::wakes_at() const { return base::steady_time::max(); }

void control_session::farewell(std::string_view reason, session::output& out) {
    out.close = std::string(reason);
}

session::own_event control_session::hears_own(const chat::event& /*of*/) const {
    return session::own_event::apart;
}

} // namespace tertulia::server
