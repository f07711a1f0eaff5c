// SPDX-License-Identifier: Apache-2.0
#include "server/qr_code.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <qrencode.h>
#include <unistd.h>

namespace tertulia::server {
namespace {

constexpr int quiet_zone = 2;
// Black on white, whatever the terminal's colours are: cameras do not read the inverse.
constexpr std::string_view ink = "\x1b[30;107m";
constexpr std::string_view plain = "\x1b[0m";

struct free_code {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

bool dark(const QRcode& code, int x, int y) {
    const bool inside = x >= 0 && y >= 0 && x < code.width && y < code.width;
    return inside && (code.data[y * code.width + x] & 1U) != 0;
}

std::string_view two_rows(bool upper, bool lower) {
    if (upper && lower) {
        return "█";
    }
    return upper ? "▀" : lower ? "▄" : " ";
}

} // namespace

std::string qr_code(std::string_view text) {
    const std::string whole(text);
    const std::unique_ptr<QRcode, free_code> code(
        QRcode_encodeString8bit(whole.c_str(), 0, QR_ECLEVEL_L));
    std::string made;
    for (int y = -quiet_zone; code && y < code->width + quiet_zone; y += 2) {
        made += "    ";
        made += ink;
        for (int x = -quiet_zone; x < code->width + quiet_zone; ++x) {
            made += two_rows(dark(*code, x, y), dark(*code, x, y + 1));
        }
        made += plain;
        made += '\n';
    }
    return made;
}

bool terminal_shows_codes() {
    const char* const terminal = std::getenv("TERM");
    const std::string_view kind = terminal == nullptr ? "" : terminal;
    std::string_view locale;
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* const value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            locale = value;
            break;
        }
    }
    constexpr std::array spellings{"UTF-8", "utf-8", "UTF8", "utf8"}; // all are met
    const bool utf8 = std::ranges::any_of(spellings, [&](std::string_view one) {
        return locale.find(one) != std::string_view::npos;
    });
    return isatty(STDOUT_FILENO) == 1 && !kind.empty() && kind != "dumb" && utf8;
}

} // namespace tertulia::server
