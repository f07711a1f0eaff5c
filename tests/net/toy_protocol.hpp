// SPDX-License-Identifier: Apache-2.0
// A protocol for tests, a command a line:
//
//     hello        → the core hears of the session         echo TEXT → TEXT
//     say TEXT     → the core, as a message                list N    → N lines, as a listing
//     wait         → takes no more until told something    read      → a question to the history
//     quit REASON  → "bye", then closes               page      → no stranger, and no session
//     work         → "worked", by another thread      toil      → likewise, when toil::over
//     cookie       → a question who that is           password  → likewise, by a password
#pragma once

#include "session/protocol.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace tertulia::net {

class toy_dialect final : public session::dialect {
public:
    void render(const chat::event& of, session::features /*as*/, std::string& out) const override {
        if (const auto* const said = std::get_if<chat::spoke>(&of.what)) {
            out += said->text + "\n";
        }
    }
    [[nodiscard]] session::features relevant(const chat::event& /*of*/) const override { return 0; }
};

class counting final : public session::listing {
public:
    explicit counting(int lines) : lines_(lines) {}
    bool next(std::string& out) override {
        if (at_ < lines_) {
            out += std::to_string(at_++) + "\n";
        }
        return at_ < lines_;
    }

private:
    int at_ = 0;
    int lines_;
};

struct labour final : session::chore {
    void run() override {}
};
// Takes as long as the test says.
struct toil final : session::chore {
    static inline std::atomic<int> begun = 0;
    static inline std::atomic<bool> over = false;
    void run() override {
        ++begun;
        over.wait(false);
    }
    [[nodiscard]] bool takes_long() const override { return true; }
};

class toy_protocol final : public session::protocol {
public:
    void begin(base::moment /*now*/, session::output& /*out*/) override {}
    std::size_t receive(std::string_view bytes, base::moment /*now*/,
                        session::output& out) override {
        std::size_t taken = 0;
        for (std::size_t end = 0;
             !waiting && !out.close && (end = bytes.find('\n', taken)) != std::string_view::npos;
             taken = end + 1) {
            obey(bytes.substr(taken, end - taken), out);
        }
        return taken;
    }
    void deliver(const chat::event& of, base::moment /*now*/, session::output& out) override {
        waiting = false;
        if (!std::holds_alternative<chat::done>(of.what)) {
            dialect().render(of, 0, out.text());
        }
    }
    void deliver_read(const session::read_answer& page, base::moment /*now*/,
                      session::output& out) override {
        waiting = false;
        const bool failed = std::holds_alternative<session::read_failed>(page);
        out.text() += failed ? "no page\n" : "page\n";
    }
    void deliver_chore(session::chore_done what, base::moment /*now*/,
                       session::output& out) override {
        waiting = false;
        out.text() += what.ran ? "worked\n" : "nobody works\n";
    }
    void tick(base::moment now, session::output& out) override {
        waiting = false;
        wakes = base::steady_time::max();
        out.text() += "tick " + std::to_string(now.steady.time_since_epoch().count()) + "\n";
    }
    [[nodiscard]] base::steady_time wakes_at() const override { return wakes; }
    void farewell(std::string_view reason, session::output& out) override {
        out.text() += "farewell: " + std::string(reason) + "\n";
        out.close = reason;
    }
    [[nodiscard]] const session::dialect& speaks() const override { return dialect(); }
    [[nodiscard]] session::features wants() const override { return 0; }
    [[nodiscard]] session::own_event hears_own(const chat::event& /*of*/) const override {
        return session::own_event::shared;
    }

    base::steady_time wakes = base::steady_time::max();
    bool waiting = false;

private:
    static const toy_dialect& dialect() {
        static const toy_dialect one;
        return one;
    }
    void obey(std::string_view line, session::output& out) {
        const std::string verb(line.substr(0, line.find(' ')));
        const std::string rest(line.substr(std::min(line.size(), verb.size() + 1)));
        if (verb == "hello") {
            out.requests.push_back({++serial_, chat::command(chat::connect{})});
        } else if (verb == "echo") {
            out.text() += rest + "\n";
        } else if (verb == "say") {
            chat::speak said;
            said.text = rest;
            out.requests.push_back({++serial_, chat::command(said)});
        } else if (verb == "list") {
            out.list(std::make_unique<counting>(std::stoi(rest)));
        } else if (verb == "wait") {
            waiting = true;
        } else if (verb == "read") {
            out.read = session::history_query{};
        } else if (verb == "page") {
            out.recognised = true;
        } else if (verb == "work") {
            out.chore = std::make_unique<labour>();
        } else if (verb == "toil") {
            out.chore = std::make_unique<toil>();
        } else if (verb == "cookie") {
            out.check = session::credential_query{1, session::login_check{rest, {}}};
        } else if (verb == "password") {
            out.check = session::credential_query{1, session::password_check{"ana", rest}};
        } else if (verb == "quit") {
            out.text() += "bye\n";
            out.close = rest;
        }
    }
    std::uint32_t serial_ = 0;
};

} // namespace tertulia::net
