// SPDX-License-Identifier: Apache-2.0
#include "web/own_export.hpp"

#include "web/account_handler.hpp"
#include "web/export_session.hpp"
#include "web/file_answers.hpp"
#include "web/message_view.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace tertulia::web {
namespace {

constexpr std::array<std::string_view, 6> role_names{"member",   "voice", "half-operator",
                                                     "operator", "admin", "owner"};

std::string quoted(std::string_view text) { return fmt::format("\"{}\"", json_escaped(text)); }

// [a,b,…] of what `each` makes of every one.
template <class Range, class Each>
std::string list_of(const Range& of, Each each) {
    std::string made;
    for (const auto& one : of) {
        made += (made.empty() ? "" : ",") + each(one);
    }
    return fmt::format("[{}]", made);
}

std::string profile_json(const chat::own_answer& of) {
    std::string about;
    for (const chat::metadata_value& one : of.about) {
        about +=
            fmt::format("{}{}:{}", about.empty() ? "" : ",", quoted(one.key), quoted(one.value));
    }
    const auto place = [](const chat::own_answer::place& one) {
        return one.rank ? fmt::format(R"({{"room":{},"role":"{}"}})", quoted(one.name),
                                      role_names[static_cast<std::size_t>(*one.rank)])
                        : fmt::format(R"({{"with":{}}})", quoted(one.name));
    };
    const auto token = [](const chat::token& one) {
        return fmt::format(R"({{"name":{},"made_at":"{}"}})", quoted(one.name),
                           wire::timestamp(one.made_at));
    };
    const auto session = [](const chat::session_facts& one) {
        return fmt::format(R"({{"door":{},"since":"{}","spoke_at":"{}"}})", quoted(one.door),
                           wire::timestamp(one.since), wire::timestamp(one.spoke_at));
    };
    return fmt::format(
        R"("account":{},"made_at":"{}","language":{},"metadata":{{{}}},"conversations":{},)"
        R"("certificates":{},"tokens":{},"sessions":{})",
        quoted(of.name.display), wire::timestamp(of.made_at), quoted(of.language), about,
        list_of(of.places, place), list_of(of.certificates, quoted), list_of(of.tokens, token),
        list_of(of.sessions, session));
}

// The files of an account, looked up where that may block.
class listing_files final : public session::chore {
public:
    listing_files(session::file_keeper& at, chat::person_id whose) : at_(at), whose_(whose) {}

    void run() override {
        try {
            found = at_.list(whose_);
        } catch (const std::exception&) { // no memory
            found.reset();
        }
    }
    std::optional<std::vector<session::file_facts>> found;

private:
    session::file_keeper& at_;
    chat::person_id whose_;
};

class own_source final : public export_source {
public:
    own_source(const program_desk& at, caller for_whom, chat::own_answer of,
               const std::vector<session::file_facts>& files)
        : at_(at), for_whom_(std::move(for_whom)), of_(std::move(of)),
          files_(list_of(files, json_of)), next_(session::own_query{of_.id, {}, {}}) {}

    std::string head() override {
        return fmt::format("{{{},\"files\":{},\"messages\":[", profile_json(of_), files_);
    }
    std::optional<session::read_query> next() override {
        return next_ ? std::optional(session::read_query(*next_)) : std::nullopt;
    }
    std::optional<std::string> take(const session::read_answer& page) override {
        const auto* const found = std::get_if<session::own_page>(&page);
        if (found == nullptr) {
            return std::nullopt;
        }
        std::string made;
        for (const session::search_page::hit& one : found->hits) {
            made += std::exchange(first_, false) ? "\n" : ",\n";
            made += message_of(one);
        }
        next_ = found->next;
        return made;
    }
    std::string tail() override { return "]}\n"; }

private:
    // Where it was said is told of places where she still is.
    [[nodiscard]] std::string message_of(const session::search_page::hit& one) const {
        std::string made = message_json(one.message, at_, for_whom_);
        const auto in =
            std::ranges::find(of_.places, one.conversation, &chat::own_answer::place::conversation);
        if (!one.message.to.empty()) {
            made.insert(made.size() - 1, fmt::format(",\"to\":{}", quoted(one.message.to)));
        } else if (in != of_.places.end()) {
            made.insert(made.size() - 1, fmt::format(",\"room\":{}", quoted(in->name)));
        }
        return made;
    }

    const program_desk& at_;
    caller for_whom_;
    chat::own_answer of_;
    std::string files_;
    std::optional<session::own_query> next_;
    bool first_ = true;
};

class own_request final : public account_handler {
public:
    own_request(const program_desk& at, session::file_keeper* files) : at_(at), files_(files) {}

    void hear_chore(session::chore_done what, exchange& of) override {
        const auto& done = static_cast<const listing_files&>(*what.what); // nobody else gives one
        if (!what.ran || !done.found) {
            of.respond(refusal(503, "busy", "Try again in a moment."));
        } else {
            begin_export(*done.found, of);
        }
    }

private:
    void answer(std::string_view /*body*/, exchange& of) override {
        if (!of.asked().same_origin()) {
            of.respond(refusal(403, "other_origin", "This comes from a page of another site."));
        } else if (by_owner(of)) {
            of.submit(chat::question(
                chat::ask_of_account{chat::ask_of_account::subject::everything, {}, as()}));
        }
    }

    void told(const heard_answer& what, exchange& of) override {
        const auto* const found = what.of_kind<chat::own_answer>();
        if (found == nullptr) {
            of.respond(
                refusal_of(what.refused().value_or(chat::refused{chat::reason::busy, {}, {}})));
            return;
        }
        found_ = *found;
        if (files_ == nullptr) {
            begin_export({}, of);
        } else {
            of.work(std::make_unique<listing_files>(*files_, found_.id));
        }
    }

    void begin_export(const std::vector<session::file_facts>& files, exchange& of) {
        const request& asked = of.asked();
        response head;
        head.fields = {{"Content-Type", "application/json"},
                       {"Content-Disposition", "attachment; filename=\"account.json\""}};
        if (asked.head.method == "HEAD") {
            of.respond(std::move(head));
            return;
        }
        of.hand_over({}, std::make_unique<export_session>(
                             std::move(head), asked.head.minor_version,
                             std::make_unique<own_source>(at_, asked.from, found_, files)));
    }

    const program_desk& at_;
    session::file_keeper* files_;
    chat::own_answer found_;
};

} // namespace

route own_export_route(const program_desk& at, session::file_keeper* files) {
    return {"GET", "/api/account/export",
            [&at, files] { return std::make_unique<own_request>(at, files); }};
}

} // namespace tertulia::web
