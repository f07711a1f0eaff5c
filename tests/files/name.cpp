// SPDX-License-Identifier: Apache-2.0
#include "files/name.hpp"

#include "base/file_limits.hpp"
#include "base/text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace tertulia;
using files::harmless_name;
using media::kind;
using namespace std::string_view_literals;

namespace {

constexpr std::string_view seeds[] = {"../",
                                      "..\\",
                                      "/",
                                      "\\",
                                      "%2e%2e%2f",
                                      "\0"sv,
                                      "\n",
                                      "\r",
                                      "\t",
                                      "\x7f",
                                      "\"",
                                      "'",
                                      "<b>",
                                      "&amp;",
                                      "\xE2\x80\xAE",
                                      "\xE2\x81\xA6",
                                      "\xEF\xBF\xBD",
                                      "\xC0\xAF",
                                      "\xED\xA0\x80",
                                      "\xF4\x90\x80\x80",
                                      ".",
                                      " ",
                                      ":",
                                      "|",
                                      "~",
                                      "$(id)",
                                      "`id`",
                                      ";",
                                      "CON",
                                      "\xC2\x85"};

} // namespace

TEST_CASE("a name keeps what people wrote") {
    for (const std::string_view name :
         {"report.pdf", "a b.txt", "fotos del a\xC3\xB1o.zip", "\xE5\x86\x99\xE7\x9C\x9F.tar.gz",
          "no ending", "\xF0\x9F\x8E\x89.ogg", "it's (1) [2] {3} & 4 = 5, ok!.md"}) {
        CHECK(harmless_name(name, kind::other) == name);
    }
}

TEST_CASE("a name loses what could harm") {
    const std::pair<std::string_view, std::string_view> truths[] = {
        {"../../etc/passwd", "passwd"},
        {"/etc/passwd", "passwd"},
        {R"(C:\Users\ana\cat.txt)", "cat.txt"},
        {"..", "file"},
        {".", "file"},
        {"", "file"},
        {"/", "file"},
        {"a/", "file"},
        {".htaccess", "htaccess"},
        {"...hidden.txt", "hidden.txt"},
        {"a\0b.txt"sv, "ab.txt"},
        {"a\r\nSet-Cookie: x=y.txt", "aSet-Cookie_ x=y.txt"},
        {"\x1b[31mred.txt", "[31mred.txt"},
        {"gpj.\xE2\x80\xAE"
         "exe",
         "gpj.exe"},                    // would be seen as "gpj.exe" turned round
        {"a\xE2\x80\x8B.txt", "a.txt"}, // nothing that has no width
        {"\xEF\xBB\xBF"
         "a.txt",
         "a.txt"},
        {"<script>alert(1)<script>.txt", "_script_alert(1)_script_.txt"},
        {"\"quoted\".txt", "_quoted_.txt"},
        {"con:stream.txt", "con_stream.txt"},
        {"what?*|.txt", "what___.txt"},
        {"\xFF\xFE.txt", "txt"},
        {"trailing. . ", "trailing"},
        {" leading", "leading"}};
    for (const auto& [claimed, name] : truths) {
        CAPTURE(claimed);
        CHECK(harmless_name(claimed, kind::other) == name);
    }
}

TEST_CASE("a picture is called what it is") {
    CHECK(harmless_name("IMG_1.HEIC", kind::jpeg) == "IMG_1.jpg");
    CHECK(harmless_name("a.JPEG", kind::jpeg) == "a.jpeg");
    CHECK(harmless_name("evil.html", kind::png) == "evil.png");
    CHECK(harmless_name("page.php.svg", kind::gif) == "page.php.gif");
    CHECK(harmless_name("", kind::webp) == "file.webp");
    CHECK(harmless_name("..png", kind::png) == "png.png");
}

TEST_CASE("a long name is cut before its ending, between characters") {
    std::string claimed;
    for (int count = 0; count < 200; ++count) {
        claimed += "\xC3\xB1";
    }
    const std::string name = harmless_name(claimed + ".tar", kind::other);
    CHECK(name.size() <= base::limits::file_name_size_max);
    CHECK(name.ends_with("\xC3\xB1.tar"));
    CHECK(base::valid_utf8(name));
    CHECK(harmless_name("a." + std::string(500, 'e'), kind::other).size() ==
          base::limits::file_name_size_max);
}

TEST_CASE("a hundred hostile names and more come out as one harmless name each") {
    for (const std::string_view one : seeds) {
        for (const std::string_view other : seeds) {
            for (const kind is : {kind::other, kind::jpeg}) {
                const std::string claimed =
                    std::string(one) + std::string(other) + "x" + std::string(one);
                CAPTURE(claimed);
                const std::string name = harmless_name(claimed, is);
                CHECK(!name.empty());
                CHECK(base::valid_utf8(name));
                CHECK(name.front() != '.');
                CHECK(name.find_first_of("/\\\r\n\t\"<>|:*?\x7f"sv) == std::string::npos);
                CHECK(name.find('\0') == std::string::npos);
                CHECK_FALSE(name.contains("\xE2\x80\xAE"));
            }
        }
    }
}
