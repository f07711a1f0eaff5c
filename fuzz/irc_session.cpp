// SPDX-License-Identifier: Apache-2.0
// Three IRC clients with one heart and hub between them. The input is a script: lines that begin
// with '1', '2' or '3' are that client's bytes up to the line's end, and the end too; 'w' lets a
// second pass, 'h' holds the core, 'g' lets it go on. Whatever is sent, what is heard must be
// lines: whole, of at most 512 bytes without tags, in UTF-8.
#include "base/assert.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "irc/conversation.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

using namespace tertulia;

namespace {

void check_line(std::string_view line) {
    if (line.starts_with('@')) {
        line.remove_prefix(line.find(' ') + 1);
    }
    ASSERT(line.size() <= base::limits::line_size_max);
    ASSERT(line.ends_with("\r\n"));
    ASSERT(line.find_first_of("\r\n") == line.size() - 2);
    ASSERT(base::valid_utf8(line));
}

void check_lines(std::string_view heard) {
    while (!heard.empty()) {
        const std::string_view line = heard.substr(0, heard.find('\n') + 1);
        ASSERT(!line.empty());
        check_line(line);
        heard.remove_prefix(line.size());
    }
}

// Every read finds one message, so that its rendering is tried too.
session::read_answer one_message(const session::read_query& what) {
    if (std::holds_alternative<session::activity_query>(what)) {
        return session::activity_page{};
    }
    session::stored_message said{};
    said.nickname = "pia";
    said.user = "~pia";
    said.host = "example.org";
    said.text = "hola";
    return session::history_page{{said}};
}

void play(tests::conversation& server, std::vector<tests::client*>& clients,
          std::string_view line) {
    const char first = line.front();
    if (first >= '1' && first <= '3') {
        clients[static_cast<std::size_t>(first - '1')]->sends_bytes(line.substr(1));
    } else if (first == 'w') {
        server.waits(std::chrono::seconds(1));
    } else if (first == 'h') {
        server.core_holds();
    } else if (first == 'g') {
        server.core_goes_on();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view script(reinterpret_cast<const char*>(data), size);
    irc::settings rules = tests::conversation::quiet();
    rules.history_on_join = 5;
    tests::conversation server(rules);
    server.reader = one_message;
    std::vector<tests::client*> clients;
    for (int number = 0; number < 3; ++number) {
        clients.push_back(&server.arrives());
    }
    while (!script.empty()) {
        const std::string_view line = script.substr(0, script.find('\n') + 1);
        const std::string_view taken = line.empty() ? script : line;
        play(server, clients, taken);
        script.remove_prefix(taken.size());
    }
    server.core_goes_on();
    for (tests::client* const one : clients) {
        check_lines(one->hears_exactly());
    }
    return 0;
}
