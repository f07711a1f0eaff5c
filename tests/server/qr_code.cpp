// SPDX-License-Identifier: Apache-2.0
// The code is taken apart again, into squares that are dark or not.
#include "server/qr_code.hpp"

#include "server/environment.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fcntl.h>
#include <optional>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

using namespace tertulia::server;
using tertulia::tests::environment_variable;

namespace {

constexpr std::string_view address = "http://192.0.2.7:8067";
constexpr std::size_t quiet_zone = 2; // squares on every side
constexpr std::size_t corner_size = 7;

using picture = std::vector<std::vector<bool>>; // by row, then by column

// Two rows of squares of a line; fails at what such a line does not have.
void read_line(std::string_view line, picture& to) {
    constexpr std::string_view before = "    \x1b[30;107m";
    constexpr std::string_view after = "\x1b[0m";
    REQUIRE(line.starts_with(before));
    REQUIRE(line.ends_with(after));
    line.remove_prefix(before.size());
    line.remove_suffix(after.size());
    std::vector<bool> upper;
    std::vector<bool> lower;
    while (!line.empty()) {
        const std::string_view square = line.substr(0, line.starts_with(' ') ? 1 : 3);
        const bool both = square == "█";
        REQUIRE((both || square == "▀" || square == "▄" || square == " "));
        upper.push_back(both || square == "▀");
        lower.push_back(both || square == "▄");
        line.remove_prefix(square.size());
    }
    to.push_back(upper);
    to.push_back(lower);
}

picture read_picture(std::string_view lines) {
    picture made;
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        REQUIRE(end != std::string_view::npos);
        read_line(lines.substr(0, end), made);
        lines.remove_prefix(end + 1);
    }
    return made;
}

// A square in a ring in a frame, by which cameras find a code.
bool has_corner(const picture& of, std::size_t top, std::size_t left) {
    for (std::size_t y = 0; y < corner_size; ++y) {
        for (std::size_t x = 0; x < corner_size; ++x) {
            const bool frame = y == 0 || x == 0 || y == corner_size - 1 || x == corner_size - 1;
            const bool middle = y >= 2 && x >= 2 && y <= 4 && x <= 4;
            if (of[top + y][left + x] != (frame || middle)) {
                return false;
            }
        }
    }
    return true;
}

// Standard output is that meanwhile; nothing may be said to it.
class output_at {
public:
    explicit output_at(const char* path) : before_(::dup(STDOUT_FILENO)) {
        const int other = ::open(path, O_RDWR | O_NOCTTY);
        ::dup2(other, STDOUT_FILENO);
        ::close(other);
    }
    ~output_at() {
        ::dup2(before_, STDOUT_FILENO);
        ::close(before_);
    }
    output_at(const output_at&) = delete;
    output_at& operator=(const output_at&) = delete;

private:
    int before_;
};

struct setting {
    std::optional<std::string> terminal = "xterm";
    std::optional<std::string> all{}, type{}, language{}; // LC_ALL, LC_CTYPE, LANG
};

bool shows_codes_at(const char* output, const setting& in) {
    const environment_variable terminal("TERM", in.terminal);
    const environment_variable all("LC_ALL", in.all);
    const environment_variable type("LC_CTYPE", in.type);
    const environment_variable language("LANG", in.language);
    const output_at meanwhile(output);
    return terminal_shows_codes();
}

bool shows_codes(const setting& in) {
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
    REQUIRE(::grantpt(terminal) == 0);
    REQUIRE(::unlockpt(terminal) == 0);
    const bool shown = shows_codes_at(::ptsname(terminal), in);
    ::close(terminal);
    return shown;
}

} // namespace

TEST_CASE("a code is a square with something white around it") {
    const picture code = read_picture(qr_code(address));
    const std::size_t width = code.front().size();
    CHECK((width - 2 * quiet_zone) % 4 == 1); // 21, 25, 29, …
    CHECK(code.size() == width + 1);          // lines are two rows high
    for (std::size_t y = 0; y < code.size(); ++y) {
        REQUIRE(code[y].size() == width);
        for (std::size_t x = 0; x < width; ++x) {
            const bool inside = y >= quiet_zone && x >= quiet_zone && y < width - quiet_zone &&
                                x < width - quiet_zone;
            CHECK((inside || !code[y][x]));
        }
    }
}

TEST_CASE("a code has its marks in three corners, so that cameras know how it lies") {
    const picture code = read_picture(qr_code(address));
    const std::size_t far = code.front().size() - quiet_zone - corner_size;
    CHECK(has_corner(code, quiet_zone, quiet_zone));
    CHECK(has_corner(code, quiet_zone, far));
    CHECK(has_corner(code, far, quiet_zone));
    CHECK_FALSE(has_corner(code, far, far));
}

TEST_CASE("the same text is the same code, another text another") {
    CHECK(qr_code(address) == qr_code(address));
    CHECK(qr_code(address) != qr_code("http://192.0.2.7:8068"));
}

TEST_CASE("a longer text is a bigger code, and one that is too long is none") {
    const std::string text(3000, 'x');
    CHECK(qr_code(text.substr(0, 200)).size() > qr_code(address).size());
    CHECK_FALSE(qr_code(text.substr(0, 2953)).empty());
    CHECK(qr_code(text).empty());
}

TEST_CASE("codes are shown at a terminal that knows UTF-8") {
    for (const char* const spelling : {"UTF-8", "utf-8", "UTF8", "utf8"}) {
        CAPTURE(spelling);
        CHECK(shows_codes({.language = std::string("es_ES.") + spelling}));
    }
    CHECK(shows_codes({.type = "C.utf8"}));
    CHECK_FALSE(shows_codes({.language = "C"}));
    CHECK_FALSE(shows_codes({.language = "es_ES.ISO-8859-1"}));
    CHECK_FALSE(shows_codes({}));
}

TEST_CASE("of what the environment says of letters the strongest word counts") {
    CHECK(shows_codes({.all = "C.UTF-8", .type = "C", .language = "C"}));
    CHECK_FALSE(shows_codes({.all = "C", .type = "C.UTF-8", .language = "C.UTF-8"}));
    CHECK_FALSE(shows_codes({.type = "C", .language = "C.UTF-8"}));
    CHECK(shows_codes({.all = "", .type = "", .language = "C.UTF-8"}));
}

TEST_CASE("a terminal that knows no colours, or does not say what it is, is shown no codes") {
    for (const std::optional<std::string>& kind :
         {std::optional<std::string>(), std::optional<std::string>(""),
          std::optional<std::string>("dumb")}) {
        CHECK_FALSE(shows_codes({.terminal = kind, .all = "C.UTF-8"}));
    }
}

TEST_CASE("what is no terminal is shown no codes") {
    CHECK_FALSE(shows_codes_at("/dev/null", {.all = "C.UTF-8"}));
}
