// SPDX-License-Identifier: Apache-2.0
#include "net/network.hpp"

#include "base/file_limits.hpp"
#include "base/net_limits.hpp"
#include "net/house.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <list>
#include <memory>
#include <set>
#include <sys/resource.h>
#include <thread>

using namespace tertulia;
using namespace std::chrono_literals;
using net::house;
using net::options;
using net::toy_listener;
using transport::tcp_client;

namespace {

std::ptrdiff_t open_files() {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
}

std::chrono::microseconds processor_time() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return std::chrono::seconds(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           std::chrono::microseconds(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

} // namespace

TEST_CASE("a client is answered, in pieces and at once") {
    house at;
    tcp_client ana(at.port());
    ana.says("echo ho");
    ana.says("la\necho x\n");
    CHECK(ana.line() == "hola\n");
    CHECK(ana.line() == "x\n");
}

TEST_CASE("a listener on IPv6 is printed and answers") {
    house at({}, {toy_listener("::1")});
    CHECK(at.net->addresses()[0] == "toy://[::1]:" + std::to_string(at.port()));
    tcp_client ana(at.port(), true);
    ana.says("echo hola\n");
    CHECK(ana.line() == "hola\n");
}

TEST_CASE("a listener on all addresses answers both families, and tells who comes") {
    std::vector<std::string> addresses;
    net::listener_options listener = toy_listener("*");
    listener.protocol = [&](const net::visitor& who, base::moment) {
        addresses.push_back(who.address + (who.secure ? " secure" : " plain"));
        return std::make_unique<net::toy_protocol>();
    };
    {
        house at({}, {listener});
        CHECK(at.net->addresses()[0].starts_with("toy://*:"));
        for (const bool v6 : {false, true}) {
            tcp_client one(at.port(), v6);
            one.says("echo hola\n");
            CHECK(one.line() == "hola\n");
        }
    }
    CHECK(addresses == std::vector<std::string>{"127.0.0.1 plain", "::1 plain"});
}

TEST_CASE("a port that is taken is an error that says so, with many threads as well") {
    house at({.threads = 2, .connections_per_thread = 1});
    net::listener_options same = toy_listener();
    same.port = at.port();
    const auto second = net::network::open({same}, {.threads = 2}, nullptr);
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().sentence ==
          "Cannot listen on toy://127.0.0.1:" + std::to_string(at.port()) +
              ": the port is in use by another program.");
}

TEST_CASE("what a room says reaches its listeners on every thread, in order") {
    house at({.threads = 3, .connections_per_thread = 4});
    std::list<tcp_client> clients;
    std::vector<chat::session_id> ids;
    std::set<std::uint16_t> threads;
    for (int i = 0; i < 24; ++i) {
        clients.emplace_back(at.port()).says("hello\n");
        ids.push_back(at.hears_a<chat::connect>().first);
        threads.insert(ids.back().thread);
    }
    CHECK(threads.size() > 1);
    CHECK(*threads.begin() > 0);
    at.seats(ids);
    at.says("one");
    at.says("two");
    for (tcp_client& each : clients) {
        CHECK(each.line() == "one\n");
        CHECK(each.line() == "two\n");
    }
}

TEST_CASE("a session's requests come with its id and serial, its leave behind them") {
    house at({.node = 5});
    {
        tcp_client ana(at.port());
        ana.says("hello\nsay hola\n");
    }
    const chat::submission first = at.hears();
    CHECK(first.session == chat::session_id{5, 1, 1});
    CHECK(first.serial == 1);
    CHECK(at.hears_a<chat::speak>().second.text == "hola");
    const auto [who, left] = at.hears_a<chat::disconnect>();
    CHECK(left.how == chat::departure::own);
    CHECK(who == first.session);
    CHECK(left.reason == "Connection closed");
}

TEST_CASE("a reader who does not read is dropped, and the others hear on") {
    house at({.send_queue_max = 100'000});
    tcp_client slow(at.port(), false, 4'096);
    slow.says("hello\n");
    const chat::session_id slow_id = at.hears_a<chat::connect>().first;
    tcp_client ana(at.port());
    ana.says("hello\n");
    at.seats({slow_id, at.hears_a<chat::connect>().first});
    bool dropped = false;
    for (int i = 0; i < 10'000 && !dropped; ++i) {
        at.says(std::string(10'000, 'x'));
        REQUIRE(ana.line().size() == 10'001);
        at.line.take_all(at.heard);
        dropped = !at.heard.empty();
    }
    REQUIRE(dropped);
    const auto [who, left] = at.hears_a<chat::disconnect>();
    CHECK(who == slow_id);
    CHECK(left.reason == "Send queue exceeded");
    at.says("still here");
    CHECK(ana.line() == "still here\n");
}

TEST_CASE("who says no more is still answered what was asked, then closed") {
    house at;
    tcp_client ana(at.port());
    ana.says("echo hola\necho adiós\n");
    ana.says_no_more();
    CHECK(ana.rest() == "hola\nadiós\n");
}

TEST_CASE("a protocol's close arrives after its last words, whatever else was sent to it") {
    house at;
    tcp_client ana(at.port());
    ana.says("quit\n" + std::string(100'000, 'x'));
    CHECK(ana.rest() == "bye\n");
}

TEST_CASE("a stop says farewell to everybody and tells the core") {
    house at({.threads = 2, .connections_per_thread = 1});
    std::list<tcp_client> clients;
    for (int i = 0; i < 10; ++i) {
        clients.emplace_back(at.port()).says("hello\n");
        at.hears_a<chat::connect>();
    }
    std::thread stopping([&] { at.net->stop("closing time", 5s); });
    for (tcp_client& each : clients) {
        CHECK(each.line() == "farewell: closing time\n");
        each.says_no_more();
    }
    stopping.join();
    for (int i = 0; i < 10; ++i) {
        const chat::disconnect last = at.hears_a<chat::disconnect>().second;
        CHECK(last.reason == "closing time");
        CHECK(last.how == chat::departure::with_node);
    }
    CHECK_THROWS(tcp_client(at.port()));
}

TEST_CASE("a stop is not held up by a client that does not react, nor by a full line") {
    house at({}, {toy_listener()}, 1);
    tcp_client ana(at.port());
    ana.says("hello\n");
    at.line.wait_take_all(at.heard, 10s);
    std::vector<chat::submission> other(1);
    REQUIRE(at.line.try_push_all(other));
    std::thread core([&] {
        while (at.heard.size() < 3 && at.line.wait_take_all(at.heard, 10s)) {}
    });
    at.net->stop("now", 0ms);
    core.join();
    REQUIRE(at.heard.size() == 3);
    CHECK(std::holds_alternative<chat::disconnect>(std::get<chat::command>(at.heard.back().what)));
}

TEST_CASE("a full line to the core stops the reading of sockets until there is room") {
    house at({}, {toy_listener()}, 1);
    tcp_client ana(at.port());
    tcp_client berta(at.port());
    berta.says("echo here\n");
    REQUIRE(berta.line() == "here\n");
    std::vector<chat::submission> other(1);
    REQUIRE(at.line.try_push_all(other));
    ana.says("echo sent\nsay hola\n");
    REQUIRE(ana.line() == "sent\n");
    berta.says("echo waits\n");
    berta.patience(100ms);
    CHECK(berta.line().empty());
    berta.patience(10s);
    at.hears();
    CHECK(at.hears_a<chat::speak>().second.text == "hola");
    CHECK(berta.line() == "waits\n");
}

TEST_CASE("a question to the history is answered on the asker's thread") {
    house at;
    tcp_client ana(at.port());
    ana.says("wait\necho later\n");
    ana.says("");
    tcp_client berta(at.port());
    berta.says("read\necho meanwhile\n");
    CHECK(berta.line() == "meanwhile\n");
    CHECK(berta.line() == "page\n");
}

TEST_CASE("a long listing arrives whole, and what was asked after it behind it") {
    house at({.send_queue_max = 50'000});
    tcp_client ana(at.port());
    ana.says("list 200000\necho after\n");
    for (int i = 0; i < 200'000; ++i) {
        if (ana.line() != std::to_string(i) + "\n") {
            FAIL("line " << i << " is wrong");
        }
    }
    CHECK(ana.line() == "after\n");
}

TEST_CASE("connections beyond the server's limit are closed, and taken again when others left") {
    house at({.connections_max = 2});
    tcp_client ana(at.port());
    tcp_client berta(at.port());
    ana.says("echo in\n");
    berta.says("echo in\n");
    CHECK(ana.line() + berta.line() == "in\nin\n");
    CHECK(tcp_client(at.port()).rest().empty());
    ana.says("quit\n");
    CHECK(ana.rest() == "bye\n");
    ana.says_no_more();
    std::string answer;
    for (int i = 0; i < 1'000 && answer.empty(); ++i) { // until the loop has seen the end
        tcp_client carla(at.port());
        carla.says("echo in\n");
        answer = carla.line();
    }
    CHECK(answer == "in\n");
}

TEST_CASE("one address has so many connections that have not registered, unless limits are off") {
    for (const bool limited : {true, false}) {
        house at({.rate_limited = limited, .unregistered_per_address_max = 2});
        tcp_client ana(at.port());
        tcp_client berta(at.port());
        berta.says("echo in\n");
        CHECK(berta.line() == "in\n");
        tcp_client carla(at.port());
        carla.says("echo in\n");
        CHECK(carla.line() == (limited ? "" : "in\n"));
        ana.says("hello\n");
        at.hears_a<chat::connect>();
        ana.says("echo registered\n");
        REQUIRE(ana.line() == "registered\n");
        tcp_client dora(at.port());
        dora.says("echo in\n");
        CHECK(dora.line() == "in\n");
    }
}

TEST_CASE("one address has so many connections that are no session, but for a proxy's") {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    for (const bool proxy : {false, true}) {
        net::listener_options listener = toy_listener();
        listener.brings_many = [proxy](std::string_view from) {
            return proxy && from == "127.0.0.1";
        };
        house at({.connections_per_second_max = 10'000}, {listener});
        std::vector<std::unique_ptr<tcp_client>> readers;
        for (std::uint32_t i = 0; i < base::limits::sessionless_per_address_max; ++i) {
            readers.push_back(std::make_unique<tcp_client>(at.port()));
            readers.back()->says("page\necho in\n");
            REQUIRE(readers.back()->line() == "in\n");
        }
        tcp_client more(at.port());
        more.says("echo in\n");
        CHECK(more.line() == (proxy ? "in\n" : ""));
        readers.front()->says("hello\necho registered\n");
        REQUIRE(readers.front()->line() == "registered\n");
        tcp_client next(at.port());
        next.says("echo in\n");
        CHECK(next.line() == "in\n");
    }
}

TEST_CASE("work that takes long keeps no other work waiting, whoever asks for it") {
    house at;
    net::toil::begun = 0;
    net::toil::over = false;
    std::vector<std::unique_ptr<tcp_client>> painters;
    for (int i = 0; i < 10; ++i) {
        painters.push_back(std::make_unique<tcp_client>(at.port()));
        painters.back()->says("toil\n");
    }
    tcp_client reader(at.port());
    for (int i = 0; i < 5; ++i) {
        reader.says("work\n");
        CHECK(reader.line() == "worked\n");
    }
    CHECK(net::toil::begun <= static_cast<int>(base::limits::pictures_at_once_max));
    net::toil::over = true;
    net::toil::over.notify_all();
    for (const auto& one : painters) {
        CHECK(one->line() == "worked\n");
    }
    CHECK(net::toil::begun == 10);
}

TEST_CASE("tasks run on every thread") {
    base::mailbox<std::size_t> seen(10);
    house at({.threads = 3, .connections_per_thread = 1});
    at.net->reconfigure([&](std::size_t thread) { seen.push(thread); });
    std::vector<std::size_t> threads;
    while (threads.size() < 3 && seen.wait_take_all(threads, 10s)) {}
    std::ranges::sort(threads);
    CHECK(threads == std::vector<std::size_t>{0, 1, 2});
}

TEST_CASE("two thousand connections come and go and leave nothing behind") {
    const std::ptrdiff_t before = open_files();
    {
        house at({.threads = 2, .rate_limited = false, .connections_per_thread = 1});
        for (int i = 0; i < 2'000; ++i) {
            tcp_client one(at.port());
            if (i % 3 == 0) {
                one.says("hello\necho x\n");
            }
        }
        for (int i = 0; i < 667; ++i) {
            CHECK((at.hears(), at.hears(), true));
        }
        tcp_client last(at.port());
        last.says("echo fine\n");
        CHECK(last.line() == "fine\n");
    }
    CHECK(open_files() == before);
}

TEST_CASE("after hostile input an idle server uses no processor") {
    house at;
    tcp_client flood(at.port());
    flood.says(std::string(1'000'000, '\0') + "\n");
    tcp_client half(at.port());
    half.says("half a line");
    tcp_client waiting(at.port());
    waiting.says("wait\n" + std::string(50'000, '\n'));
    tcp_client ana(at.port());
    ana.says("echo fine\n");
    REQUIRE(ana.line() == "fine\n");
    ana.patience(300ms);
    const auto before = processor_time();
    CHECK(ana.line().empty());
    CHECK(processor_time() - before < 30ms);
}
