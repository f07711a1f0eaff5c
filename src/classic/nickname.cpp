// SPDX-License-Identifier: Apache-2.0
// "Sala de chat simple": the server asks with a keyword, the client answers with its nickname, and
// then "NAME: TEXT" goes to everyone in plain text. (docs/classic/nickname.md)
#include "classic/client.hpp"
#include "classic/named_lines.hpp"
#include "classic/texts.hpp"

#include <fmt/format.h>

#include <chrono>

namespace tertulia::classic {
namespace {

using namespace std::chrono_literals;

class nickname_dialect final : public dialect {
public:
    using dialect::dialect;

    [[nodiscard]] std::string_view name() const override { return "nickname"; }
    [[nodiscard]] write_form form() const override { return {1024, 5ms, "\n"}; }
    [[nodiscard]] bool echoes() const override { return true; }

    // The name before it sees to it that no text is the bare keyword, which clients would answer.
    [[nodiscard]] writes said(const speech& what) const override {
        const std::string start = what.name + ": ";
        writes made;
        for (const std::string& piece : cut(what.text, form().size_max - start.size())) {
            made.push_back(start + piece);
        }
        return made;
    }
    [[nodiscard]] writes noted(std::string_view text) const override { return {std::string(text)}; }
    [[nodiscard]] writes came(const chat::card& who,
                              const chat::room_card& /*where*/) const override {
        return {fmt::format("{} se ha unido al chat", who.nickname.display)};
    }
    [[nodiscard]] writes went(const chat::card& who) const override {
        return {fmt::format("{} ha salido del chat", who.nickname.display)};
    }
    [[nodiscard]] writes changed_name(const chat::card& before,
                                      const chat::card& after) const override {
        return {fmt::format("{} ahora es {}", before.nickname.display, after.nickname.display)};
    }

    [[nodiscard]] std::unique_ptr<session::protocol> receive(const entrance& at, const visitor& who,
                                                             base::moment now) override;
};

class nickname_client final : public client {
public:
    nickname_client(const nickname_dialect& speaks, const entrance& place, const visitor& who,
                    base::moment since)
        : client(speaks, place, who, since), speaks_(speaks) {}

private:
    void opens() override { write({at().keyword}); }

    void reads(std::string_view bytes) override {
        const std::string line = cleaned(bytes);
        if (entering()) {
            says(std::string(lines_.read(line)));
        } else {
            lines_ = named_lines(line);
            enter(line);
        }
    }

    void settles() override {
        write(speaks_.came(self(), *room()));
        write({"Conectado al servidor"});
    }

    const nickname_dialect& speaks_;
    named_lines lines_;
};

std::unique_ptr<session::protocol> nickname_dialect::receive(const entrance& at, const visitor& who,
                                                             base::moment now) {
    return std::make_unique<nickname_client>(*this, at, who, now);
}

} // namespace

std::unique_ptr<dialect> make_nickname(settings_ref rules) {
    return std::make_unique<nickname_dialect>(std::move(rules));
}

} // namespace tertulia::classic
