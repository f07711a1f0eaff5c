// SPDX-License-Identifier: Apache-2.0
// What those who know cap-notify are told when the operator changes the settings.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

irc::settings closed() {
    irc::settings rules = conversation::quiet();
    rules.registration = session::registration::closed;
    return rules;
}

} // namespace

TEST_CASE("what is offered no longer is said, and is nobody's any more") {
    conversation server;
    client& ana = server.registers("ana", "cap-notify draft/account-registration");
    server.replaces_settings(closed());
    CHECK(ana.hears() == ":irc.test CAP ana DEL :draft/account-registration\n");
    ana.sends("CAP LIST");
    CHECK(ana.hears() == ":irc.test CAP ana LIST :cap-notify\n");
}

TEST_CASE("what is offered anew is said with its value, to those who know values") {
    conversation server{closed()};
    client& ana = server.registers("ana", "cap-notify");
    client& eva = server.arrives();
    eva.sends("CAP LS 302").sends("NICK eva").sends("USER e 0 * :E").sends("CAP END");
    server.nobody_hears();
    server.replaces_settings(conversation::quiet());
    CHECK(ana.hears() == ":irc.test CAP ana NEW :draft/account-registration\n");
    CHECK(eva.hears() == ":irc.test CAP eva NEW "
                         ":draft/account-registration=before-connect,custom-account-name\n");
}

TEST_CASE("another value is news") {
    conversation server;
    client& eva = server.arrives();
    eva.sends("CAP LS 302").sends("NICK eva").sends("USER e 0 * :E").sends("CAP END");
    server.nobody_hears();
    irc::settings rules = conversation::quiet();
    rules.scram = false;
    server.replaces_settings(rules);
    CHECK(eva.hears() == ":irc.test CAP eva NEW :sasl=PLAIN\n");
}

TEST_CASE("a policy is not taken back: it runs out") {
    irc::settings rules = conversation::quiet();
    rules.sts_port = 6697;
    rules.sts_duration = std::chrono::seconds{3'600};
    conversation server{rules};
    client& eva = server.arrives();
    eva.sends("CAP LS 302").sends("NICK eva").sends("USER e 0 * :E").sends("CAP END");
    server.nobody_hears();
    server.replaces_settings(conversation::quiet());
    CHECK(eva.hears().empty());
}

TEST_CASE(
    "who does not know cap-notify hears nothing of it, and neither do settings of no concern") {
    conversation server;
    client& ana = server.registers("ana");
    client& eva = server.registers("eva", "cap-notify");
    irc::settings rules = conversation::quiet();
    rules.burst = 7;
    server.replaces_settings(rules);
    CHECK(eva.hears().empty());
    server.replaces_settings(closed());
    CHECK(ana.hears().empty());
}

TEST_CASE("what LS does not offer is not to be had, but can be given back") {
    conversation server{closed()};
    client& eva = server.arrives();
    eva.sends("CAP REQ :draft/account-registration");
    CHECK(eva.hears() == ":irc.test CAP * NAK :draft/account-registration\n");
    eva.sends("CAP REQ :sasl draft/webpush");
    CHECK(eva.hears() == ":irc.test CAP * NAK :sasl draft/webpush\n");
    eva.sends("CAP REQ :-draft/account-registration");
    CHECK(eva.hears() == ":irc.test CAP * ACK :-draft/account-registration\n");
}
