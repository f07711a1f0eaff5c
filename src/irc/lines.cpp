// SPDX-License-Identifier: Apache-2.0
#include "irc/lines.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace tertulia::irc {
namespace {

constexpr std::string_view line_break = "\r\n";
constexpr std::size_t text_size_max = base::limits::line_size_max - line_break.size();

} // namespace

void line_end::close() {
    const std::string_view line = std::string_view(out_).substr(begin_);
    if (line.size() > text_size_max) {
        out_.resize(begin_ + base::truncate_utf8(line, text_size_max).size());
    }
    out_ += line_break;
}

std::size_t line_room_after(std::string_view start) {
    return text_size_max - std::min(start.size(), text_size_max);
}

void append_tags(const line_tags& of, const crypto::message_tokens& tokens, capability_set as,
                 std::string& out) {
    char before = '@';
    const auto next = [&](std::string_view tag) {
        out += before;
        out += tag;
        before = ';';
    };
    if (!of.batch.empty()) {
        next("batch=");
        out += of.batch;
    }
    if (of.number && as.has(capability::message_tags)) {
        next("msgid=");
        tokens.append(of.number.value, out);
    }
    if (as.has(capability::server_time)) {
        next("time=");
        wire::append_timestamp(of.time, out);
    }
    if (!of.account.empty() && as.has(capability::account_tag)) {
        next("account=");
        out += of.account;
    }
    if (!of.operating.empty() && as.has(capability::oper_tag)) {
        next("draft/oper=");
        out += of.operating;
    }
    if (of.bot && as.has(capability::message_tags)) {
        next("bot");
    }
    if (!of.also.empty() && as.has(capability::message_tags)) {
        next(of.also);
    }
    if (!of.client_only.empty() && as.has(capability::message_tags)) {
        next(of.client_only);
    }
    if (before == ';') {
        out += ' ';
    }
}

void append_source(std::string_view nickname, std::string_view user, std::string_view host,
                   std::string& out) {
    out += ':';
    out += nickname;
    out += '!';
    out += user;
    out += '@';
    out += host;
    out += ' ';
}

void append_source(const chat::card& of, std::string& out) {
    append_source(of.nickname.display, of.user, of.host, out);
}

std::string_view as_parameter(std::string_view typed) {
    const bool is_one = !typed.empty() && !typed.starts_with(':') && !typed.contains(' ');
    return is_one ? typed : "*";
}

void append_parameters(std::initializer_list<std::string_view> typed, std::string& out) {
    for (const std::string_view one : typed) {
        out += ' ';
        out += as_parameter(one);
    }
}

std::string_view verb_of(chat::message_kind kind) {
    switch (kind) {
    case chat::message_kind::message: return "PRIVMSG";
    case chat::message_kind::notice: return "NOTICE";
    case chat::message_kind::tags: return "TAGMSG";
    }
    return {};
}

void append_tagged(std::string_view lines, std::string_view tag, std::string& out) {
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n') + 1);
        lines.remove_prefix(line.size());
        if (line.starts_with("@batch=")) {
            out += line;
        } else if (line.starts_with('@')) {
            fmt::format_to(std::back_inserter(out), "@{};{}", tag, line.substr(1));
        } else {
            fmt::format_to(std::back_inserter(out), "@{} {}", tag, line);
        }
    }
}

std::string in_capitals(std::string_view word) {
    std::string capitals(word);
    std::ranges::transform(capitals, capitals.begin(), [](char byte) {
        return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
    });
    return capitals;
}

} // namespace tertulia::irc
