// SPDX-License-Identifier: Apache-2.0
// What an account knows of its sessions, its language, and the certificates that open it.
#include "chat/sessions.hpp"

#include "base/limits.hpp"
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

struct household : world {
    household() {
        connects("ana");
        does("ana", register_account{named("ana"), {}, "ircs"});
        as = the<registered>().as;
        comes("phone", "wss");
        connects("eva");
    }
    void comes(const std::string& session, const std::string& door) {
        sessions[session] = {0, 1, next_session++};
        connect wish;
        wish.nickname = named("wished");
        wish.address = "10.0.0.9";
        wish.as = as;
        wish.door = door;
        does(session, wish);
    }
    const std::vector<sessions_answer::entry>& list(const std::string& who) {
        asks(who, ask_sessions{});
        return answer<sessions_answer>().sessions;
    }
    void certifies(const std::string& who, const std::string& fingerprint, bool add = true) {
        does(who, change_certificate{fingerprint, add});
    }
    proof as;
};

} // namespace

TEST_CASE("an account sees its sessions with door, address and silence; a guest none") {
    household of;
    of.now += std::chrono::seconds{10};
    of.says("phone", "eva");
    const auto& all = of.list("ana");
    REQUIRE(all.size() == 2);
    CHECK(all[0].what.door == "ircs");
    CHECK(all[0].own);
    CHECK(all[1].what.door == "wss");
    CHECK(all[1].address == "10.0.0.9");
    CHECK(all[1].what.spoke_at > all[0].what.spoke_at);
    CHECK(of.list("eva").empty());
}

TEST_CASE("a session that ended is no more in the list, and one that logs in is") {
    household of;
    of.disconnects("phone");
    CHECK(of.list("ana").size() == 1);
    of.does("eva", log_in{of.as, "irc"});
    CHECK(of.list("ana").size() == 2);
}

TEST_CASE("one session is ended from another of the same person, and no stranger's") {
    household of;
    of.does("ana", end_session{of.sessions["phone"]});
    CHECK(of.heard_by_sessions({"phone"}));
    CHECK(of.happened<evicted>());
    of.does("ana", end_session{of.sessions["eva"]});
    CHECK(of.refusal() == reason::no_such_session);
    of.does("eva", end_session{of.sessions["ana"]});
    CHECK(of.refusal() == reason::not_logged_in);
}

TEST_CASE("the language is the account's, told to all its sessions and found again") {
    household of;
    of.does("phone", set_language{"es"});
    CHECK(of.the<account_saved>().language == "es");
    CHECK(std::get<to_sessions>(of.find<language_changed>()->heard_by).sessions.size() == 2);
    of.comes("laptop", "irc");
    CHECK(of.the<welcomed>().language == "es");
    of.does("eva", set_language{"es"});
    CHECK_FALSE(of.happened<account_saved>());
    CHECK(of.happened<language_changed>());
}

TEST_CASE("a certificate opens one account only, and is kept") {
    household of;
    of.certifies("ana", "aa");
    CHECK(of.the<certificate_saved>().kept);
    of.certifies("ana", "aa");
    CHECK(of.refusal() == reason::certificate_known);
    of.certifies("eva", "aa");
    CHECK(of.refusal() == reason::not_logged_in);
    of.does("eva", register_account{named("eva"), {}, {}});
    of.certifies("eva", "aa");
    CHECK(of.refusal() == reason::certificate_taken);
    of.certifies("eva", "aa", false);
    CHECK(of.refusal() == reason::no_such_certificate);
    CHECK(heart(of.chat.lasting_state()).lasting_state().certificates.size() == 1);
}

TEST_CASE("to take a certificate away is to outdate what was proved before") {
    household of;
    of.certifies("ana", "aa");
    of.certifies("ana", "aa", false);
    CHECK(of.answer<certificates_answer>().fingerprints.empty());
    of.does("eva", log_in{of.as, {}});
    CHECK(of.refusal() == reason::proof_outdated);
}

TEST_CASE("so many certificates and no more, and all are free again when the account ends") {
    household of;
    for (std::size_t i = 0; i < base::limits::certificates_max; ++i) {
        of.certifies("ana", "c" + std::to_string(i));
    }
    of.certifies("ana", "more");
    CHECK(of.refusal() == reason::too_many_certificates);
    of.does("ana", end_account{of.as});
    of.does("eva", register_account{named("eva"), {}, {}});
    of.certifies("eva", "c0");
    CHECK_FALSE(of.refusal());
}
