# SPDX-License-Identifier: Apache-2.0
"""Every rule of script/lint finds what it is there for, and leaves its neighbour in peace."""

import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "script"))

import lint_rules  # noqa: E402  pylint: disable=wrong-import-position

HEAD = "// SPDX-License-Identifier: Apache-2.0\n"
HEADER = HEAD + "// What it is for.\n#pragma once\n"
TABLE = {"base": set(), "chat": {"base"}, "net": {"base"}}


def found(path, text):
    return [one.split(": ", 1)[1] for one in
            lint_rules.findings(lint_rules.Source(path, text), TABLE)]


class Lint(unittest.TestCase):
    def finds(self, path, text, sentence):
        self.assertTrue(any(sentence in one for one in found(path, text)), found(path, text))

    def passes(self, path, text):
        self.assertEqual([], found(path, text))

    def banned(self, path, code, instead):
        self.finds(path, HEAD + code + "\n", instead)


class TheTableOfParts(Lint):
    def test_is_read_from_cmake(self):
        text = "tertulia_part(a USES x::y)\ntertulia_part(b MAY_INCLUDE a c\n    USES z)"
        self.assertEqual({"a": set(), "b": {"a", "c"}}, lint_rules.part_table(text))

    def test_of_this_project_has_all_parts(self):
        text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
        table = lint_rules.part_table(text)
        self.assertEqual(set(lint_rules.ALL.split()), set(table))
        self.assertEqual({"base"}, table["chat"])

    def test_forbids_other_parts(self):
        self.banned("src/chat/a.cpp", '#include "net/b.hpp"', "chat may not include net")
        self.passes("src/net/a.cpp", HEAD + '#include "base/b.hpp"\n#include "net/c.hpp"\n')

    def test_forbids_the_heart_unicode(self):
        self.banned("src/chat/a.cpp", '#include "base/text.hpp"', "knows no Unicode")
        self.passes("src/net/a.cpp", HEAD + '#include "base/text.hpp"\n')

    def test_forbids_libraries(self):
        self.banned("src/chat/a.cpp", "#include <boost/asio.hpp>", "chat may not include")
        self.banned("src/chat/a.cpp", "#include <sqlite3.h>", "chat may not include sqlite3")
        self.passes("src/net/a.cpp", HEAD + "#include <boost/asio/post.hpp>\n")


class Shapes(Lint):
    def test_folders_have_two_levels(self):
        self.finds("src/chat/deep/a.cpp", HEAD, "no deeper")

    def test_names_say_something(self):
        for name in ("utils", "text_helper", "common", "room_manager"):
            self.finds(f"src/chat/{name}.cpp", HEAD, "a name that says nothing")
        self.banned("src/chat/a.cpp", "namespace chat_utils {", "name it for what it does")
        self.passes("src/chat/commonplace.cpp", HEAD)

    def test_every_file_names_its_licence(self):
        for path in ("src/chat/a.cpp", "script/a", "tests/a.py", "cmake/a.cmake"):
            self.finds(path, "x\n", "names the licence")

    def test_a_header_has_a_head_comment_and_a_guard(self):
        self.finds("src/chat/a.hpp", HEAD + "#pragma once\n", "head comment is missing")
        self.finds("src/chat/a.hpp", HEAD + "// What it is for.\n", "#pragma once")
        self.passes("src/chat/a.hpp", HEADER)

    def test_a_head_comment_is_short_but_for_its_example(self):
        self.finds("src/chat/a.cpp", HEAD + "// why\n" * 9, "more than 8 lines")
        self.passes("src/chat/a.cpp", HEAD + "// why\n" * 7 + "//\n" + "//     code\n" * 3)

    def test_files_lines_and_functions_end(self):
        self.finds("src/chat/a.cpp", HEAD + "\n" * 500, "longer than 500 lines")
        self.finds("src/chat/a.hpp", HEADER + "\n" * 198, "longer than 200 lines")
        self.finds("src/chat/a.cpp", HEAD + "x" * 101, "longer than 100 columns")
        self.passes("src/chat/a.cpp", HEAD + "ñ" * 100)

    def test_a_function_of_71_lines_is_too_long(self):
        for begin in ("void f() {\n", "void f(int a,\n       int b) {\n"):
            body = "    x;\n" * (71 - begin.count("\n") + 1)
            self.finds("src/chat/a.cpp", HEAD + begin + body + "}\n", "a body of 71 lines")
        self.passes("src/chat/a.cpp", HEAD + "void f() {\n" + "    x;\n" * 70 + "}\n")
        self.passes("src/chat/a.cpp", HEAD + "struct s {\n" + "    int x;\n" * 90 + "};\n")

    def test_a_test_of_46_lines_is_too_long(self):
        begin = 'TEST_CASE("x") {\n'
        self.finds("tests/a/b.cpp", HEAD + begin + "    x;\n" * 46 + "}\n", "a body of 46 lines")
        self.passes("tests/a/b.cpp", HEAD + begin + "    x;\n" * 45 + "}\n")


class Bans(Lint):
    def test_in_the_pure_parts(self):
        for code, instead in (("std::jthread t;", "no threads"),
                              ("std::atomic<int> n;", "no threads"),
                              ("auto t = std::chrono::steady_clock::now();", "time comes in"),
                              ("std::random_device d;", "no randomness"),
                              ("std::ifstream f;", "no files")):
            self.banned("src/chat/a.cpp", code, instead)
        self.passes("src/net/a.cpp", HEAD + "    auto t = std::chrono::steady_clock::now();\n")

    def test_in_the_heart(self):
        self.banned("src/chat/a.cpp", 'base::journal::info("x");', "keeps no journal")

    def test_of_locks_outside_base(self):
        self.banned("src/net/a.cpp", "std::mutex m;", "only base::mailbox")
        self.banned("src/net/a.cpp", "std::condition_variable_any c;", "only base::mailbox")
        self.banned("src/net/a.cpp", "std::atomic<state*> p;", "only for counters")
        self.passes("src/net/a.cpp", HEAD + "    std::atomic<std::uint64_t> n;\n")
        self.passes("src/base/a.cpp", HEAD + "    std::mutex m;\n")

    def test_of_owning_pointers(self):
        self.banned("src/net/a.cpp", "auto* p = new thing(1);", "make_unique")
        self.banned("src/net/a.cpp", "delete p;", "owns it")
        self.banned("src/net/a.cpp", "void* p = malloc(1);", "owns it")
        self.passes("src/net/a.cpp", HEAD + "    std::unique_ptr<a> p(new a);\na(a&&) = delete;\n")

    def test_of_what_has_a_better_word(self):
        for code, instead in (("x.detach();", "jthread"), ("assert(x);", "ASSERT"),
                              ("using namespace std;", "name what you use"),
                              ('std::format("x");', "fmt")):
            self.banned("src/net/a.cpp", code, instead)
        self.passes("src/net/a.cpp", HEAD + "static_assert(x);\nASSERT(x);\n")

    def test_of_sleeping(self):
        for code in ("std::this_thread::sleep_for(1s);", "usleep(1);", "::sleep(1);"):
            self.banned("tests/chat/a.cpp", code, "not for time")
        self.passes("src/net/a.cpp", HEAD + "void sleep(moment until);\n")

    def test_of_reading_the_order_of_a_hash_map(self):
        declared = HEAD + "    boost::unordered_flat_map<int, std::vector<int>> rooms_;\n"
        for code in ("for (auto& [a, b] : rooms_) {", "for (auto& r : of.rooms_) {",
                     "rooms_.begin();", "std::ranges::for_each(rooms_, f);"):
            self.finds("src/chat/a.cpp", declared + code + "\n", "no order that may be read")
        self.passes("src/chat/a.cpp", declared + "rooms_.find(x);\nfor (auto& r : lobby) {\n}\n")
        self.passes("src/net/a.cpp", declared + "for (auto& r : rooms_) {\n}\n")

    def test_of_global_variables(self):
        for code in ("int count = 0;", "static std::map<int, a> known;", "inline thing it{1};",
                     "thread_local std::string* last;"):
            self.banned("src/net/a.cpp", code, "give it an owner")
        self.passes("src/net/a.cpp", HEAD + "constexpr int a = 1;\ninline const thing b{1};\n"
                                            "using c = int;\nint d(int e = 1);\n    int f = 0;\n")

    def test_of_temporaries_in_co_await(self):
        self.banned("src/net/a.cpp", "co_await send(message{1});", "name the temporary")
        self.banned("src/net/a.cpp", "co_await run([x] { return x; });", "name the temporary")
        self.passes("src/net/a.cpp", HEAD + "co_await send(std::move(named));\n")

    def test_of_promises_to_do_it_later(self):
        for word in ("TO" + "DO", "FIX" + "ME"):
            self.finds("script/a", f"# {lint_rules.LICENCE}\n# {word} x\n", "do it")

    def test_of_silencing_everything(self):
        self.banned("src/net/a.cpp", "int x; // NO" + "LINT", "name the check")
        self.passes("src/net/a.cpp", HEAD + "    int x; // NO" + "LINT(some-check)\n")

    def test_do_not_read_comments_and_literals(self):
        self.passes("src/chat/a.cpp", HEAD + '// no std::jthread here\n    auto s = "new x";\n'
                                             "/* std::mutex m;\n assert(x) */    int y = 1'000;\n")


if __name__ == "__main__":
    unittest.main()
