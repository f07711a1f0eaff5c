// SPDX-License-Identifier: Apache-2.0
// What whoever watches the server is told in figures, and who is.
#include "web/metrics.hpp"

#include "temporary_folder.hpp"
#include "web/visit.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

using namespace tertulia;
using tests::first_line;
using tests::get;
using tests::visit;

namespace {

// Who is there, and then what is on the disk; false: the disk has too much to do.
std::string figures(web::metrics_options with, bool disk_answers) {
    with.readers = web::proxies({"127.0.0.1"});
    visit one({web::metrics_route(std::move(with))}, "127.0.0.1");
    static_cast<void>(one.sends(get("/metrics")));
    const chat::counts_answer counts{.persons = 3, .sessions = 4, .spoken = 70};
    static_cast<void>(
        one.is_answered(chat::answered{std::make_shared<const chat::answer>(counts)}));
    REQUIRE(one.chore != nullptr);
    if (disk_answers) {
        one.chore->run();
    }
    return one.is_told([&](auto& to, base::moment now, auto& out) {
        to.deliver_chore({std::move(one.chore), disk_answers}, now, out);
    });
}

} // namespace

TEST_CASE("the figures are for named addresses, and not for whom a proxy beside us brings") {
    const web::metrics_options with{.readers = web::proxies({"127.0.0.1", "10.0.0.0/8"})};
    const auto asked = [&](const std::string& from, const std::string& fields,
                           web::proxies trusted = {}) {
        visit one({web::metrics_route(with)}, from, std::move(trusted));
        const std::string answer = one.sends(get("/metrics", fields));
        return one.requests.size() == 1 ? "told" : first_line(answer);
    };
    CHECK(asked("127.0.0.1", "") == "told");
    CHECK(asked("10.3.2.1", "") == "told");
    CHECK(asked("192.0.2.7", "") == "HTTP/1.1 404 Not Found");
    CHECK(asked("127.0.0.1", "X-Forwarded-For: 192.0.2.7\r\n") == "HTTP/1.1 404 Not Found");
    CHECK(asked("127.0.0.1", "Forwarded: for=192.0.2.7\r\n") == "HTTP/1.1 404 Not Found");
    CHECK(asked("127.0.0.1", "X-Forwarded-For: 10.3.2.1\r\n", web::proxies({"127.0.0.1"})) ==
          "told");
    CHECK(asked("127.0.0.1", "X-Forwarded-For: 192.0.2.7\r\n", web::proxies({"127.0.0.1"})) ==
          "HTTP/1.1 404 Not Found");
}

TEST_CASE("the figures tell who is there, what was said, and what is on the disk with its log") {
    const tests::temporary_folder folder;
    static_cast<void>(folder.write("a.db", "four"));
    static_cast<void>(folder.write("a.db-wal", "and six"));
    const std::string told = figures({.database = folder.file("a.db")}, true);
    CHECK(told.contains("\ntertulia_persons 3\n"));
    CHECK(told.contains("\ntertulia_sessions 4\n"));
    CHECK(told.contains("# TYPE tertulia_messages_total counter\ntertulia_messages_total 70\n"));
    CHECK(told.contains("\ntertulia_database_bytes 11\n"));
    CHECK(told.contains("\ntertulia_files_bytes 0\n"));
    CHECK(told.contains("\ntertulia_disk_free_bytes "));
}

TEST_CASE("a figure that cannot be had is left out, and is not nought") {
    const tests::temporary_folder folder;
    const std::string told = figures({.database = folder.file("none/a.db")}, true);
    CHECK(told.contains("\ntertulia_persons 3\n"));
    CHECK_FALSE(told.contains("tertulia_database_bytes"));
    CHECK_FALSE(told.contains("tertulia_disk_free_bytes"));
}

TEST_CASE("the other figures are told where the disk has too much to do") {
    const std::string told = figures({}, false);
    CHECK(told.contains("\ntertulia_persons 3\n"));
    CHECK_FALSE(told.contains("tertulia_database_bytes"));
}
