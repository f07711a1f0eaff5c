// SPDX-License-Identifier: Apache-2.0
// Programs that speak as an account or for a room: who gives them the right, and that the rules of
// a room are theirs, too.
#include "chat/bots.hpp"

#include "base/web_limits.hpp"
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

using subject = ask_of_account::subject;

// Ana owns #a, where Eva is too; Pía is outside. Programs speak from the session "program".
struct workshop : world {
    workshop() {
        registers("ana");
        as_ana = the<registered>().as;
        registers("eva");
        as_eva = the<registered>().as;
        connects("pia");
        all_join({"ana", "eva"}, "#a");
        sessions["program"] = {0, 2, next_session++};
    }
    void hooks(const std::string& who, const std::string& name, const std::string& key = "key") {
        does(who, add_webhook{named("#a"), named(name), key, {}});
    }
    void posts(const std::string& key, const std::string& text = "built") {
        does("program", post{key, {}, text});
    }
    void posts_as(const proof& by, const std::string& room = "#a") {
        does("program", post{by, named(room), "built"});
    }
    void sets_flag(room_flag flag) { sets("ana", "#a", flag_change{flag, true}); }

    proof as_ana, as_eva;
};

} // namespace

TEST_CASE("a token is its account's, kept, listed and taken away by its name") {
    workshop of;
    of.does("ana", add_token{"ci", "digest", {}});
    CHECK(of.the<token_saved>().account == of.as_ana.account);
    CHECK(of.the<token_saved>().what.key == "digest");
    CHECK(of.answer<tokens_answer>().changed);
    of.does("ana", add_token{"ci", "other", {}});
    CHECK(of.refusal() == reason::token_known);
    of.asks("ana", ask_of_account{subject::tokens, {}, {}});
    CHECK(of.answer<tokens_answer>().tokens.size() == 1);
    CHECK(heart(of.chat.lasting_state()).lasting_state().tokens.size() == 1);
    of.does("ana", remove_token{"ci", {}});
    CHECK_FALSE(of.the<token_saved>().kept);
    of.does("ana", remove_token{"ci", {}});
    CHECK(of.refusal() == reason::no_such_token);
}

TEST_CASE("who is proved makes and sees her tokens without a session; nobody else does") {
    workshop of;
    of.does("program", add_token{"ci", "digest", of.as_eva});
    CHECK(of.the<token_saved>().account == of.as_eva.account);
    of.asks("program", ask_of_account{subject::tokens, {}, of.as_eva});
    CHECK(of.answer<tokens_answer>().tokens.size() == 1);
    of.asks("program", ask_of_account{subject::tokens, {}, of.as_ana});
    CHECK(of.answer<tokens_answer>().tokens.empty());
    of.does("program", add_token{"x", "digest 2", {}});
    CHECK(of.refusal() == reason::not_logged_in);
    of.asks("program", ask_of_account{subject::tokens, {}, proof{of.as_eva.account, 7}});
    CHECK(of.refusal() == reason::proof_outdated);
    of.does("pia", add_token{"x", "digest 2", {}});
    CHECK(of.refusal() == reason::not_logged_in);
}

TEST_CASE("so many tokens and no more") {
    workshop of;
    for (std::size_t i = 0; i < base::limits::tokens_per_account_max; ++i) {
        of.does("ana", add_token{"t" + std::to_string(i), "d" + std::to_string(i), {}});
    }
    of.does("ana", add_token{"more", "more", {}});
    CHECK(of.refusal() == reason::too_many_tokens);
}

TEST_CASE("a room's webhooks are for its operators alone") {
    workshop of;
    of.hooks("eva", "Builds");
    CHECK(of.refusal() == reason::needs_operator);
    of.asks("eva", ask_of_account{subject::webhooks, named("#a"), {}});
    CHECK(of.refusal() == reason::needs_operator);
    of.does("program", add_webhook{named("#a"), named("Builds"), "key", of.as_eva});
    CHECK(of.refusal() == reason::needs_operator);
    of.hooks("pia", "Builds");
    CHECK(of.refusal() == reason::not_logged_in);
    of.hooks("ana", "Builds");
    CHECK(of.the<webhook_saved>().what.made_by == "ana");
    of.asks("program", ask_of_account{subject::webhooks, named("#a"), of.as_ana});
    CHECK(of.answer<webhooks_answer>().webhooks.size() == 1);
    of.does("eva", remove_webhook{named("#a"), named("Builds"), {}});
    CHECK(of.refusal() == reason::needs_operator);
    of.does("ana", remove_webhook{named("#a"), named("builds"), {}});
    CHECK_FALSE(of.the<webhook_saved>().kept);
}

TEST_CASE("of a hidden room a stranger learns nothing by asking for its webhooks") {
    workshop of;
    of.sets_flag(room_flag::secret);
    of.registers("tom");
    of.does("tom", add_webhook{named("#a"), named("Builds"), "key", {}});
    const auto hidden = of.the<refused>();
    of.does("tom", add_webhook{named("#none"), named("Builds"), "key", {}});
    CHECK(hidden.why == of.the<refused>().why);
    CHECK(hidden.why == reason::no_such_room);
}

TEST_CASE("what a webhook says is heard by the room as from a bot of that name, and kept") {
    workshop of;
    of.hooks("ana", "Builds");
    const person_id id = of.the<webhook_saved>().what.id;
    of.posts("key", "line\nline");
    const spoke& said = of.the<spoke>();
    CHECK(said.by->nickname.display == "Builds");
    CHECK(said.by->bot);
    CHECK_FALSE(said.by->registered);
    CHECK(said.by->person == id);
    CHECK(said.text == "line\nline");
    CHECK(std::get<to_room>(of.find<spoke>()->heard_by).room == said.conversation);
    CHECK(lasts(*of.find<spoke>()));
}

TEST_CASE("a key that opens nothing, or nothing any more, says nothing") {
    workshop of;
    of.posts("key");
    CHECK(of.refusal() == reason::no_such_webhook);
    of.hooks("ana", "Builds");
    of.does("ana", remove_webhook{named("#a"), named("Builds"), {}});
    of.posts("key");
    CHECK(of.refusal() == reason::no_such_webhook);
    of.hooks("ana", "Builds");
    of.does("ana", close_room{named("#a"), {}});
    of.posts("key");
    CHECK(of.refusal() == reason::no_such_webhook);
}

TEST_CASE("the rules of a room are a webhook's, too") {
    workshop of;
    of.hooks("ana", "Builds");
    of.sets("ana", "#a", slow_change{30});
    of.posts("key");
    CHECK(of.happened<spoke>());
    of.posts("key");
    CHECK(of.refusal() == reason::slowed_down);
    of.sets("ana", "#a", slow_change{0});
    SUBCASE("moderated") { of.sets_flag(room_flag::moderated); }
    SUBCASE("banned") { of.bans("ana", "#a", "builds!*@*"); }
    SUBCASE("muted") { of.bans("ana", "#a", "m:builds!*@*"); }
    of.posts("key");
    CHECK(of.refusal() == reason::may_not_speak);
}

TEST_CASE("where only accounts speak a webhook does not") {
    workshop of;
    of.hooks("ana", "Builds");
    of.sets_flag(room_flag::accounts_speak);
    of.posts("key");
    CHECK(of.refusal() == reason::accounts_speak);
}

TEST_CASE("a hidden room's webhook speaks there") {
    workshop of;
    of.hooks("ana", "Builds");
    of.sets_flag(room_flag::secret);
    of.posts("key");
    CHECK(of.happened<spoke>());
}

TEST_CASE("what a webhook is called is nobody's nickname, nor the other way round") {
    workshop of;
    of.hooks("ana", "eva");
    CHECK(of.refusal() == reason::nickname_registered);
    of.hooks("ana", "pia");
    CHECK(of.refusal() == reason::nickname_in_use);
    of.hooks("ana", "NickServ");
    CHECK(of.refusal() == reason::nickname_registered);
    of.hooks("ana", "Builds");
    of.does("pia", chat::rename{named("builds")});
    CHECK(of.refusal() == reason::nickname_registered);
    of.does("ana", remove_webhook{named("#a"), named("Builds"), {}});
    of.does("pia", chat::rename{named("builds")});
    CHECK_FALSE(of.refusal().has_value());
}

TEST_CASE("a restart finds webhooks again, with what they are called") {
    workshop of;
    of.hooks("ana", "Builds");
    heart again(of.chat.lasting_state());
    std::vector<event> events;
    again.apply({{0, 1, 99}, 1, of.now, post{"key", {}, "built"}}, events);
    REQUIRE(std::holds_alternative<spoke>(events[events.size() - 2].what));
    CHECK(again.lasting_state().webhooks.size() == 1);
}

TEST_CASE("a program speaks as its account, there or away, where that is") {
    workshop of;
    of.posts_as(of.as_eva);
    CHECK(of.the<spoke>().by->nickname.display == "eva");
    of.disconnects("eva");
    of.posts_as(of.as_eva);
    const spoke& said = of.the<spoke>();
    CHECK(said.by->person == of.as_eva.account);
    CHECK(said.by->registered);
    CHECK_FALSE(of.happened<joined>());
    of.joins("ana", "#b");
    of.posts_as(of.as_eva, "#b");
    CHECK(of.refusal() == reason::may_not_speak);
    of.sets("ana", "#b", flag_change{room_flag::secret, true});
    of.posts_as(of.as_eva, "#b");
    CHECK(of.refusal() == reason::no_such_room);
}

TEST_CASE("who is away keeps her role when a program speaks for her") {
    workshop of;
    of.sets_flag(room_flag::moderated);
    of.disconnects("eva");
    of.posts_as(of.as_eva);
    CHECK(of.refusal() == reason::may_not_speak);
    of.connects("guest");
    of.disconnects("ana");
    of.posts_as(of.as_ana);
    CHECK(of.happened<spoke>());
}

TEST_CASE("a suspended account's programs are silent") {
    workshop of;
    of.server_does(suspend_account{named("eva"), true, authority::machine});
    of.posts_as(of.as_eva);
    CHECK(of.refusal() == reason::account_suspended);
    of.asks("program", ask_of_account{subject::everything, {}, of.as_eva});
    CHECK(of.refusal() == reason::proof_outdated);
}

TEST_CASE("an account away reads of its rooms, and of no others") {
    workshop of;
    of.disconnects("eva");
    of.asks("program", ask_of_account{subject::history, named("#a"), of.as_eva});
    CHECK(of.answer<history_answer>().conversation.value != 0);
    of.joins("ana", "#b");
    of.asks("program", ask_of_account{subject::history, named("#b"), of.as_eva});
    CHECK(of.refusal() == reason::no_such_room);
    of.asks("program", ask_of_account{subject::history, named("#none"), of.as_eva});
    CHECK(of.refusal() == reason::no_such_room);
}

TEST_CASE("everything that is kept of an account is told to it") {
    workshop of;
    of.does("eva", set_metadata{named("*"), {"display-name", "Eva"}});
    of.says("eva", "ana");
    of.disconnects("eva");
    of.asks("program", ask_of_account{subject::everything, {}, of.as_eva});
    const own_answer& all = of.answer<own_answer>();
    CHECK(all.name.display == "eva");
    CHECK(all.about.size() == 1);
    REQUIRE(all.places.size() == 2);
    CHECK(all.places[0].name == "#a");
    CHECK(all.places[0].rank == role::member);
    CHECK(all.places[1].name == "ana");
}
