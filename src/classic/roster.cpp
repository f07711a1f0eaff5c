// SPDX-License-Identifier: Apache-2.0
// "TP 4.2 Sockets": the server gives a number, the client a name; "ID||NAME||TEXT" both ways, and
// the whole list of users at each change. (docs/classic/roster.md)
#include "base/journal.hpp"
#include "classic/client.hpp"
#include "classic/texts.hpp"
#include "classic/user_list.hpp"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <optional>
#include <variant>

namespace tertulia::classic {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view mark = "||";
constexpr session::features knows_of_change = 1; // and will send its list anyway

class roster_dialect final : public dialect {
public:
    using dialect::dialect;

    [[nodiscard]] std::string_view name() const override { return "roster"; }
    [[nodiscard]] write_form form() const override { return {1024, 10ms}; }

    [[nodiscard]] writes said(const speech& what) const override {
        return lines(fmt::format("{}||{}||", what.arrival, shown_name(what.name)), what.text);
    }
    [[nodiscard]] writes noted(std::string_view text) const override {
        return lines("-1||Tertulia||", text); // nobody has this number
    }

    [[nodiscard]] bool tells_each(const chat::event& of, session::features as) const override {
        if (std::holds_alternative<chat::spoke>(of.what) ||
            std::holds_alternative<chat::redacted>(of.what) ||
            std::holds_alternative<chat::edited>(of.what) ||
            std::holds_alternative<chat::kicked>(of.what)) {
            return true;
        }
        return changes_list(of) && (as & knows_of_change) == 0;
    }
    [[nodiscard]] static bool changes_list(const chat::event& of) {
        return std::holds_alternative<chat::joined>(of.what) ||
               std::holds_alternative<chat::parted>(of.what) ||
               std::holds_alternative<chat::kicked>(of.what) ||
               std::holds_alternative<chat::person_left>(of.what) ||
               std::holds_alternative<chat::renamed>(of.what);
    }

    void witness(const chat::event& of, chat::conversation_id in) const override {
        dialect::witness(of, in);
        const auto found = lists_.find(in);
        if (changes_list(of) && found != lists_.end()) {
            if (const auto list = found->second.lock()) {
                list->note_change();
            }
        }
    }

    // The room's, for all clients of the thread; it ends with the last of them.
    [[nodiscard]] std::shared_ptr<user_list> list_of(chat::conversation_id room) {
        std::erase_if(lists_, [](const auto& one) { return one.second.expired(); });
        std::shared_ptr<user_list> found = lists_[room].lock();
        if (!found) {
            found = std::make_shared<user_list>();
            lists_[room] = found;
        }
        return found;
    }

    [[nodiscard]] std::unique_ptr<session::protocol> receive(const entrance& at, const visitor& who,
                                                             base::moment now) override;

private:
    [[nodiscard]] writes lines(const std::string& begin, std::string_view text) const {
        writes made;
        for (const std::string& piece : cut(without_marks(text), form().size_max - begin.size())) {
            made.push_back(begin + piece);
        }
        return made;
    }

    std::map<chat::conversation_id, std::weak_ptr<user_list>> lists_;
};

// "7||Ana||Hola": what stands behind the second mark is the text, marks and all.
struct parts {
    std::optional<std::string_view> name;
    std::string_view text;
};
parts parse(std::string_view line) {
    const std::size_t first = line.find(mark);
    if (first == std::string_view::npos) {
        return {{}, line};
    }
    const std::string_view rest = line.substr(first + mark.size());
    const std::size_t second = rest.find(mark);
    if (second == std::string_view::npos) {
        return {{}, rest};
    }
    return {rest.substr(0, second), rest.substr(second + mark.size())};
}

class roster_client final : public client {
public:
    roster_client(roster_dialect& speaks, const entrance& place, const visitor& who,
                  base::moment since)
        : client(speaks, place, who, since), speaks_(speaks) {}

    [[nodiscard]] session::features wants() const override { return needs_ ? knows_of_change : 0; }

private:
    void opens() override { write({fmt::format("ID:{}", from().arrival)}); }

    // The number before a message is not believed: the connection is who it is.
    void reads(std::string_view bytes) override {
        constexpr std::string_view introduction = "NAME:";
        const std::string line = cleaned(bytes);
        if (line.starts_with(introduction)) {
            is_called(line.substr(introduction.size()));
            return;
        }
        const parts said = parse(line);
        if (said.name) {
            is_called(std::string(*said.name));
        } else if (!entering()) {
            is_called("Desconocido");
        }
        says(std::string(said.text));
    }

    void is_called(const std::string& name) {
        if (entering()) {
            wishes(name);
            return;
        }
        base::journal::debug("Cliente {} estableció su nombre a {}", from().arrival, name);
        enter(name);
    }

    void settles() override {
        list_ = speaks_.list_of(room()->id);
        note_change();
    }

    void hears(const chat::event& of) override {
        client::hears(of);
        const auto* const answer = std::get_if<chat::answered>(&of.what);
        if (answer != nullptr) {
            list_->fill(std::get<chat::names_answer>(*answer->what), will_know_, now().steady);
            wakes();
        } else if (list_ && roster_dialect::changes_list(of)) {
            note_change();
        }
    }

    // From now on she need not be told of further ones, until the list is sent.
    void note_change() {
        needs_ = list_->changes();
        out().features_changed = true;
    }

    [[nodiscard]] base::steady_time waits_until() const override {
        if (!needs_) {
            return base::steady_time::max();
        }
        return list_->knows(*needs_) ? look_again_at_
                                     : std::max(look_again_at_, list_->may_ask_at());
    }

    // One asks for all; the others look again when the answer should be there.
    void wakes() override {
        constexpr auto answer_takes = 20ms;
        if (!needs_) {
            return;
        }
        if (list_->knows(*needs_)) {
            write({list_->text_for(self())});
            needs_.reset();
            out().features_changed = true;
            if (list_->knows(list_->changes())) {
                return;
            }
            note_change(); // since the question
        }
        if (now().steady >= list_->may_ask_at()) {
            will_know_ = list_->ask(now().steady);
            submit(chat::ask_names{room()->name});
        }
        look_again_at_ = now().steady + answer_takes;
    }

    roster_dialect& speaks_;
    std::shared_ptr<user_list> list_;
    std::optional<std::uint64_t> needs_; // a list that knows of so many changes
    std::uint64_t will_know_ = 0;        // the answer under way
    base::steady_time look_again_at_{};
};

std::unique_ptr<session::protocol> roster_dialect::receive(const entrance& at, const visitor& who,
                                                           base::moment now) {
    return std::make_unique<roster_client>(*this, at, who, now);
}

} // namespace

std::unique_ptr<dialect> make_roster(settings_ref rules) {
    return std::make_unique<roster_dialect>(std::move(rules));
}

} // namespace tertulia::classic
