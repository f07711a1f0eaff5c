// SPDX-License-Identifier: Apache-2.0
// "Sala de chat pública": up comes base64 of "NAME TEXT\n", down go plain lines. Base64 hides
// nothing: it is a way of writing bytes as letters. (docs/classic/base64.md)
#include "classic/client.hpp"
#include "classic/texts.hpp"
#include "wire/base64_reader.hpp"

#include <fmt/format.h>

#include <chrono>

namespace tertulia::classic {
namespace {

using namespace std::chrono_literals;

constexpr auto message_patience = 1s; // for the rest of one
constexpr std::string_view exit_command = "\\exit";

class base64_dialect final : public dialect {
public:
    using dialect::dialect;

    [[nodiscard]] std::string_view name() const override { return "base64"; }
    [[nodiscard]] write_form form() const override { return {4096, 5ms, ""}; }

    // The carriage return brings the terminal's cursor back over the client's own prompt.
    [[nodiscard]] writes said(const speech& what) const override {
        const std::string start = fmt::format("\r<{}> ", what.name);
        writes made;
        for (const std::string& piece : cut(what.text, form().size_max - start.size() - 1)) {
            made.push_back(start + piece + '\n');
        }
        return made;
    }
    [[nodiscard]] writes noted(std::string_view text) const override {
        return {fmt::format("\r{}\n", text)};
    }
    [[nodiscard]] writes came(const chat::card& who, const chat::room_card& where) const override {
        return {fmt::format("[100] El usuario {} se ha unido al grupo {}\n", shown(who),
                            without_hash(where))};
    }
    [[nodiscard]] writes went(const chat::card& who) const override {
        return {fmt::format("[200] El cliente {} está offline\n", shown(who))};
    }
    // Here a name is part of each message, and nothing more.
    [[nodiscard]] writes changed_name(const chat::card& before,
                                      const chat::card& after) const override {
        if (came_here(after)) {
            return {};
        }
        return {fmt::format("[100] El usuario {} es ahora {}\n", before.nickname.display,
                            after.nickname.display)};
    }
    // As its own lines have it.
    [[nodiscard]] std::string origin_address(const visitor& who) const override {
        return fmt::format("({}, {})", who.cloaked, who.port);
    }

    [[nodiscard]] std::unique_ptr<session::protocol> receive(const entrance& at, const visitor& who,
                                                             base::moment now) override;

private:
    [[nodiscard]] std::string_view shown(const chat::card& who) const {
        return came_here(who) ? address_of(who) : std::string_view(who.nickname.display);
    }
};

class base64_client final : public client {
public:
    using client::client;

private:
    void reads(std::string_view bytes) override {
        wakes();
        const bool begun = reader_.unfinished();
        std::vector<std::string> messages;
        reader_.read(bytes, messages);
        if (!begun || !messages.empty()) {
            begun_at_ = now().steady;
        }
        for (const std::string& one : messages) {
            take(cleaned(one));
        }
    }

    // The first word is the name.
    void take(const std::string& message) {
        if (message.contains(exit_command)) {
            leaves();
            return;
        }
        const std::size_t end = message.find(' ');
        wishes(message.substr(0, end));
        says(end == std::string::npos ? "" : message.substr(end + 1));
    }

    [[nodiscard]] base::steady_time waits_until() const override {
        return reader_.unfinished() ? begun_at_ + message_patience : base::steady_time::max();
    }
    void wakes() override {
        if (now().steady >= waits_until()) {
            reader_.forget();
        }
    }

    wire::base64_reader reader_;
    base::steady_time begun_at_{}; // the message that is not complete
};

std::unique_ptr<session::protocol> base64_dialect::receive(const entrance& at, const visitor& who,
                                                           base::moment now) {
    return std::make_unique<base64_client>(*this, at, who, now);
}

} // namespace

std::unique_ptr<dialect> make_base64(settings_ref rules) {
    return std::make_unique<base64_dialect>(std::move(rules));
}

} // namespace tertulia::classic
