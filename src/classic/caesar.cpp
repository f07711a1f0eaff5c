// SPDX-License-Identifier: Apache-2.0
// "Chat, modelo cliente-servidor": "NAME: TEXT" both ways, each letter moved by ten places. A key
// with 25 values is no key. (docs/classic/caesar.md)
#include "wire/caesar.hpp"

#include "base/characters.hpp"
#include "classic/client.hpp"
#include "classic/named_lines.hpp"
#include "classic/texts.hpp"

#include <fmt/format.h>

#include <chrono>

namespace tertulia::classic {
namespace {

using namespace std::chrono_literals;

class caesar_dialect final : public dialect {
public:
    using dialect::dialect;

    [[nodiscard]] std::string_view name() const override { return "caesar"; }
    [[nodiscard]] write_form form() const override { return {1024, 5ms, "\n"}; }

    // Made fit for the formula first, since that changes the size; the cipher does not.
    [[nodiscard]] writes said(const speech& what) const override {
        const std::string start = wire::for_caesar(what.name + ": ");
        writes made;
        for (const std::string& piece :
             cut(wire::for_caesar(what.text), form().size_max - start.size())) {
            made.push_back(wire::caesar_cipher(start + piece));
        }
        return made;
    }
    [[nodiscard]] writes noted(std::string_view text) const override {
        return {wire::caesar_cipher(wire::for_caesar(text))};
    }
    // The origin's server says nothing when somebody comes.
    [[nodiscard]] writes came(const chat::card& who,
                              const chat::room_card& /*where*/) const override {
        return came_here(who) ? writes{}
                              : noted(fmt::format("{} se ha unido al chat", who.nickname.display));
    }
    [[nodiscard]] writes went(const chat::card& who) const override {
        if (!came_here(who)) {
            return noted(fmt::format("{} ha salido del chat", who.nickname.display));
        }
        std::string given = who.nickname.display; // with a '_' where somebody has that already
        given.erase(given.find_last_not_of('_') + 1);
        const bool named = given != fmt::format("invitado{}", who.arrival);
        return noted(fmt::format("{} se ha desconectado",
                                 named ? who.nickname.display : std::string(address_of(who))));
    }
    [[nodiscard]] writes changed_name(const chat::card& before,
                                      const chat::card& after) const override {
        return came_here(after) ? writes{}
                                : noted(fmt::format("{} ahora es {}", before.nickname.display,
                                                    after.nickname.display));
    }
    // As Python prints a pair.
    [[nodiscard]] std::string origin_address(const visitor& who) const override {
        return fmt::format("('{}', {})", who.cloaked, who.port);
    }

    [[nodiscard]] std::unique_ptr<session::protocol> receive(const entrance& at, const visitor& who,
                                                             base::moment now) override;
};

class caesar_client final : public client {
public:
    using client::client;

private:
    void reads(std::string_view bytes) override {
        const std::string line = base::composed(wire::caesar_decipher(cleaned(bytes)));
        const std::string text(lines_.read(line));
        wishes(lines_.name());
        says(text);
    }

    named_lines lines_;
};

std::unique_ptr<session::protocol> caesar_dialect::receive(const entrance& at, const visitor& who,
                                                           base::moment now) {
    return std::make_unique<caesar_client>(*this, at, who, now);
}

} // namespace

std::unique_ptr<dialect> make_caesar(settings_ref rules) {
    return std::make_unique<caesar_dialect>(std::move(rules));
}

} // namespace tertulia::classic
