// SPDX-License-Identifier: Apache-2.0
// The golden files (tests/golden/README.md), which the browser's client reads as well: what they
// say of lines holds here, and what they say that a client hears is what this server says, to the
// byte. TERTULIA_GOLDEN=write writes anew what is heard.
#include "crypto/message_token.hpp"
#include "irc/conversation.hpp"
#include "irc/lines.hpp"
#include "wire/irc_line.hpp"

#include <boost/json/src.hpp> // the whole library: there is none to link against here
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

using namespace tertulia;
namespace json = boost::json;

namespace {

const std::filesystem::path folder = "golden"; // tests run in tests/

std::vector<json::object> rows(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::vector<json::object> found;
    for (std::string line; std::getline(in, line);) {
        found.push_back(json::parse(line).as_object());
    }
    REQUIRE_FALSE(found.empty());
    return found;
}

std::string text(const json::object& of, std::string_view key) {
    const json::value* const found = of.if_contains(key);
    return found == nullptr || found->is_null() ? std::string() : std::string(found->as_string());
}

std::uint64_t number(const json::object& of, std::string_view key) {
    const json::value* const found = of.if_contains(key);
    return found == nullptr ? 0 : found->to_number<std::uint64_t>();
}

session::stored_kind kind_of(std::string_view word) {
    using enum session::stored_kind;
    static const std::map<std::string_view, session::stored_kind> words{{"", message},
                                                                        {"notice", notice},
                                                                        {"tags", tags},
                                                                        {"redaction", redaction},
                                                                        {"edit", edit}};
    return words.at(word);
}

// People in front of a server, as a golden file has them come in and speak.
class stage {
public:
    stage() {
        server_.reader = [this](const session::read_query& what) { return read(what); };
    }

    void enters(const std::string& who, const std::string& capabilities) {
        tests::client& one = server_.arrives();
        people_.emplace(who, &one);
        one.sends("CAP REQ :" + capabilities);
        sends(who, "NICK " + who);
        sends(who, fmt::format("USER {0} 0 * :{0}", who));
        sends(who, "CAP END");
    }
    void sends(const std::string& who, const std::string& line) { people_.at(who)->sends(line); }
    void waits(std::chrono::seconds time) { server_.waits(time); }
    // It is in the history from now on, as the disk would have it.
    void keeps(const json::object& what) {
        const std::uint64_t of = numbered(text(what, "msgid"));
        stored_.push_back({.number = {of},
                           .time = server_.wall(),
                           .kind = kind_of(text(what, "kind")),
                           .nickname = text(what, "by"),
                           .user = "~" + text(what, "by"),
                           .host = "example.org",
                           .to = {},
                           .text = text(what, "text"),
                           .tags = text(what, "tags"),
                           .about = {what.contains("about") ? numbered(text(what, "about")) : 0},
                           .redacted = what.contains("redacted")});
        authors_[of] = {number(what, "author")};
    }

    // A line an entry.
    std::vector<std::string> hears(const std::string& who) {
        std::vector<std::string> lines;
        std::string all = people_.at(who)->hears_exactly();
        for (std::size_t end = all.find("\r\n"); end != std::string::npos; end = all.find("\r\n")) {
            lines.push_back(all.substr(0, end));
            all.erase(0, end + 2);
        }
        return lines;
    }

private:
    session::read_answer read(const session::read_query& what) {
        if (const auto* const one = std::get_if<session::message_query>(&what)) {
            const auto author = authors_.find(one->number.value);
            return session::message_answer{
                author == authors_.end() ? std::nullopt
                                         : std::optional(chat::message_facts{
                                               one->conversation, one->number, author->second})};
        }
        return session::history_page{stored_};
    }

    [[nodiscard]] std::uint64_t numbered(const std::string& msgid) const {
        const auto found = tokens_.number(msgid);
        REQUIRE(found.has_value());
        return *found;
    }

    tests::conversation server_;
    const crypto::message_tokens tokens_{"0123456789abcdef"}; // the conversation's own
    std::map<std::string, tests::client*> people_;
    std::vector<session::stored_message> stored_;
    std::map<std::uint64_t, chat::person_id> authors_;
};

// The conversation as the server has it now: what is heard stands behind what it answers.
std::vector<json::object> played(const std::vector<json::object>& script) {
    stage server;
    const std::string me = text(script.front(), "me");
    std::vector<json::object> made;
    for (const json::object& row : script) {
        if (row.contains("hear")) {
            continue;
        }
        made.push_back(row);
        if (row.contains("enters")) {
            server.enters(text(row, "enters"), text(row, "with"));
        } else if (row.contains("sends")) {
            server.sends(text(row, "who"), text(row, "sends"));
        } else if (row.contains("waits")) {
            server.waits(std::chrono::seconds(number(row, "waits")));
        } else if (row.contains("stored")) {
            server.keeps(row.at("stored").as_object());
        } else {
            continue;
        }
        for (std::string& line : server.hears(me)) {
            made.push_back({{"hear", std::move(line)}});
        }
    }
    return made;
}

void write(const std::filesystem::path& file, const std::vector<json::object>& all) {
    std::ofstream out(file);
    for (const json::object& row : all) {
        out << json::serialize(row) << '\n';
    }
}

// Where the file and the server part; empty: nowhere.
std::string difference(const std::vector<json::object>& script) {
    const std::vector<json::object> now = played(script);
    for (std::size_t at = 0; at < std::max(script.size(), now.size()); ++at) {
        const std::string kept = at < script.size() ? json::serialize(script[at]) : "nothing";
        const std::string said = at < now.size() ? json::serialize(now[at]) : "nothing";
        if (kept != said) {
            return fmt::format("line {}:\n  {}\nbut the server says\n  {}", at + 1, kept, said);
        }
    }
    return {};
}

} // namespace

TEST_CASE("a line says what the golden file says of it") {
    for (const json::object& row : rows(folder / "irc-lines.jsonl")) {
        const std::string line = text(row, "line");
        CAPTURE(line);
        wire::irc_line read;
        const bool is_line = wire::parse_irc_line(line, read) == wire::line_fault::none;
        CHECK(is_line == !row.at("command").is_null());
        if (!is_line) {
            continue;
        }
        CHECK(read.source == text(row, "source"));
        CHECK(irc::in_capitals(read.verb) == text(row, "command"));
        json::array parameters;
        for (const std::string_view one : read.parameters()) {
            parameters.emplace_back(one);
        }
        CHECK(json::serialize(parameters) == json::serialize(row.at("parameters")));
        for (const auto& [key, value] : row.at("tags").as_object()) {
            CHECK(wire::tag_value(read.tags, key) == std::string(value.as_string()));
        }
    }
}

TEST_CASE("what a client hears in the golden files is what this server says") {
    const char* const wish = std::getenv("TERTULIA_GOLDEN");
    const bool anew = wish != nullptr && std::string_view(wish) == "write";
    for (const std::string_view name : {"conversation-talk.jsonl", "conversation-history.jsonl"}) {
        CAPTURE(name);
        const std::vector<json::object> script = rows(folder / name);
        if (anew) {
            write(folder / name, played(script));
        } else {
            const std::string differs = difference(script);
            CHECK_MESSAGE(differs.empty(), differs);
        }
    }
}

TEST_CASE("a golden file in which another word is heard is noticed") {
    std::vector<json::object> script = rows(folder / "conversation-talk.jsonl");
    for (json::object& row : script) {
        if (text(row, "hear").contains("PRIVMSG")) {
            row["hear"] = text(row, "hear") + "!";
            break;
        }
    }
    CHECK_FALSE(difference(script).empty());
}

TEST_CASE("a golden file that leaves out what is heard is noticed") {
    std::vector<json::object> script = rows(folder / "conversation-history.jsonl");
    std::erase_if(script,
                  [](const json::object& row) { return text(row, "hear").contains("BATCH -"); });
    CHECK_FALSE(difference(script).empty());
}
