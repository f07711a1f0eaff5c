// SPDX-License-Identifier: Apache-2.0
// WEBPUSH: which devices are taken, and how what is said reads on them.
#include "base/base64.hpp"
#include "crypto/p256.hpp"
#include "irc/conversation.hpp"
#include "irc/push_lines.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

const std::string key = base::to_base64_url(crypto::p256_key(std::string(32, 'd')).public_key());
const std::string keys = "p256dh=" + key + ";auth=AAAAAAAAAAAAAAAAAAAAAA";
const std::string endpoint = "https://push.example.net/abc";

irc::settings pushing() {
    irc::settings rules = conversation::quiet();
    rules.push_key = "BKey";
    rules.push_trusted = {"https://127.0.0.1:8443"};
    return rules;
}

// ana, with an account.
struct scene {
    explicit scene(irc::settings rules = pushing())
        : server(std::move(rules)), ana(server.registers("ana", "standard-replies")) {
        ana.sends("REGISTER * * secreto");
        server.nobody_hears();
    }
    std::string hears(const std::string& line) {
        ana.sends(line);
        return ana.hears();
    }
    [[nodiscard]] std::string refusal_of(const std::string& wish) {
        return hears("WEBPUSH REGISTER " + wish + " " + keys);
    }
    conversation server;
    client& ana;
};

} // namespace

TEST_CASE("an account registers a device and ends it, and is told so") {
    scene of;
    CHECK(of.hears("WEBPUSH REGISTER " + endpoint + " " + keys) ==
          ":irc.test WEBPUSH REGISTER " + endpoint + "\n");
    CHECK(of.hears("webpush unregister " + endpoint) ==
          ":irc.test WEBPUSH UNREGISTER " + endpoint + "\n");
    CHECK(of.hears("WEBPUSH UNREGISTER " + endpoint) == // what is not there is ended in silence
          ":irc.test WEBPUSH UNREGISTER " + endpoint + "\n");
}

TEST_CASE("a guest registers no device") {
    conversation server(pushing());
    client& eva = server.registers("eva", "standard-replies");
    eva.sends("WEBPUSH REGISTER " + endpoint + " " + keys);
    CHECK(eva.hears() == ":irc.test FAIL WEBPUSH ACCOUNT_REQUIRED REGISTER " + endpoint +
                             " :Only an account has devices that are told of messages: log in "
                             "first\n");
}

TEST_CASE("capabilities and the key are told only where web push is on") {
    scene on;
    CHECK(on.hears("CAP LS 302").contains(" draft/webpush "));
    CHECK(on.hears("CAP LS 302").contains(" soju.im/webpush "));
    CHECK(on.hears("ISUPPORT").contains(" VAPID=BKey "));
    scene off(conversation::quiet());
    CHECK_FALSE(off.hears("CAP LS 302").contains("webpush"));
    CHECK_FALSE(off.hears("ISUPPORT").contains("VAPID"));
    CHECK(off.refusal_of(endpoint).starts_with(":irc.test FAIL WEBPUSH INTERNAL_ERROR REGISTER "));
}

TEST_CASE("what is no push service on the public Internet is refused") {
    scene of;
    for (const std::string& wish :
         {std::string("http://push.example.net/x"), std::string("https://127.0.0.1/x"),
          std::string("https://127.1/x"), std::string("https://10.0.0.7/x"),
          std::string("https://169.254.169.254/latest/meta-data"), std::string("https://[::1]/x"),
          std::string("https://[::ffff:127.0.0.1]/x"), std::string("https://[fe80::1]/x"),
          std::string("https://[:.:]/x"), std::string("https://localhost/x"),
          std::string("https://intranet/x"), std::string("https://push.example.net:22/x"),
          std::string("https://user@push.example.net/x"), std::string("https://127.0.0.1:8444/x"),
          std::string("x")}) {
        CHECK_MESSAGE(
            of.refusal_of(wish).starts_with(":irc.test FAIL WEBPUSH INVALID_PARAMS REGISTER "),
            wish);
    }
}

TEST_CASE("an operator's own push service may be anywhere") {
    scene of;
    CHECK(of.refusal_of("https://127.0.0.1:8443/x") ==
          ":irc.test WEBPUSH REGISTER https://127.0.0.1:8443/x\n");
}

TEST_CASE("keys that are none are refused") {
    scene of;
    for (const std::string& wrong :
         {std::string("x"), "p256dh=" + key, std::string("auth=AAAAAAAAAAAAAAAAAAAAAA"),
          "p256dh=" + key + ";auth=AAAA", "p256dh=" + key + "A;auth=AAAAAAAAAAAAAAAAAAAAAA",
          "p256dh=B" + std::string(86, 'A') + ";auth=AAAAAAAAAAAAAAAAAAAAAA"}) {
        CHECK_MESSAGE(of.hears("WEBPUSH REGISTER " + endpoint + " " + wrong) ==
                          ":irc.test FAIL WEBPUSH INVALID_PARAMS REGISTER " + endpoint +
                              " :These are not a device's keys: p256dh and auth\n",
                      wrong);
    }
}

TEST_CASE("a line that is not understood is refused with how it is written") {
    scene of;
    for (const std::string& wrong :
         {std::string("WEBPUSH REGISTER"), "WEBPUSH REGISTER " + endpoint,
          "WEBPUSH REGISTER " + endpoint + " " + keys + " x", std::string("WEBPUSH UNREGISTER"),
          "WEBPUSH UNREGISTER " + endpoint + " x", std::string("WEBPUSH FUTURE x")}) {
        const std::string heard = of.hears(wrong);
        CHECK_MESSAGE(heard.starts_with(":irc.test FAIL WEBPUSH INVALID_PARAMS "), wrong);
        CHECK_MESSAGE(heard.ends_with(" :WEBPUSH REGISTER address keys, WEBPUSH UNREGISTER "
                                      "address\n"),
                      wrong);
    }
}

TEST_CASE("while the disk is full a device is refused") {
    scene of;
    of.server.core_refuses(chat::reason::no_space);
    CHECK_FALSE(of.refusal_of(endpoint).contains("WEBPUSH REGISTER"));
}

namespace {

chat::event says(std::string text, std::string tags) {
    chat::card by;
    by.nickname = {"Ana", "ana", 0, true};
    by.user = "~a";
    by.host = "h";
    by.registered = true;
    chat::spoke what;
    what.by = std::make_shared<const chat::card>(by);
    what.room =
        std::make_shared<const chat::room_card>(chat::room_card{{5}, {"#sala", "#sala", 0, true}});
    what.text = std::move(text);
    what.tags = std::move(tags);
    what.number = {9};
    return {{}, base::wall_time{}, chat::nobody{}, std::move(what)};
}

} // namespace

TEST_CASE("a device is pushed one line, with msgid, time and account, and nobody's other tags") {
    const irc::push_lines how(std::make_shared<const irc::settings>(pushing()), "0123456789abcdef");
    const std::string line = how.said(says("uno\ndos", "+x=" + std::string(4'000, 'y')));
    CHECK(line.starts_with("@msgid="));
    CHECK(line.ends_with(";time=1970-01-01T00:00:00.000Z;account=Ana :Ana!~a@h PRIVMSG #sala :uno "
                         "dos"));
    CHECK_FALSE(line.contains("+x"));
    CHECK(how.said(says(std::string(5'000, 'x'), "")).size() < 700);
}

TEST_CASE("a device is pushed up to where something was read") {
    const irc::push_lines how(std::make_shared<const irc::settings>(pushing()), "0123456789abcdef");
    CHECK(how.read("#sala", base::wall_time{}) ==
          ":irc.test MARKREAD #sala timestamp=1970-01-01T00:00:00.000Z");
}
