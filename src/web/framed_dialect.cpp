// SPDX-License-Identifier: Apache-2.0
#include "web/framed_dialect.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace tertulia::web {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// Byte by byte where it has to be: rare, and never what we say ourselves.
std::string as_utf8(std::string_view bytes) {
    std::string made;
    while (!bytes.empty()) {
        std::size_t good = 0;
        for (std::size_t size = 1; size <= std::min<std::size_t>(4, bytes.size()) && good == 0;
             ++size) {
            good = base::valid_utf8(bytes.substr(0, size)) ? size : 0;
        }
        made += good == 0 ? replacement : bytes.substr(0, good);
        bytes.remove_prefix(std::max<std::size_t>(good, 1));
    }
    return made;
}

void append_line(std::string_view line, wire::websocket_opcode frame, std::string& out) {
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    if (line.empty()) {
        return;
    }
    if (frame == wire::websocket_opcode::text && !base::valid_utf8(line)) {
        wire::append_server_frame(frame, as_utf8(line), out);
    } else {
        wire::append_server_frame(frame, line, out);
    }
}

} // namespace

void append_framed(std::string_view lines, wire::websocket_opcode frame, std::string& out) {
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        append_line(lines.substr(0, end), frame, out);
        lines.remove_prefix(std::min(lines.size(), end + 1));
    }
}

void framed_dialect::render(const chat::event& of, session::features as, std::string& out) const {
    lines_.clear();
    of_.render(of, as, lines_);
    append_framed(lines_, frame_, out);
}

} // namespace tertulia::web
