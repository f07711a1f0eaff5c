// SPDX-License-Identifier: Apache-2.0
// Tokens and webhooks as the disk keeps them, and what one account said.
#include "base/web_limits.hpp"
#include "store/credentials.hpp"
#include "store/fixture.hpp"

using namespace tertulia;
using namespace tertulia::store;

namespace {

chat::room_saved room(std::uint64_t id) {
    chat::room_saved made;
    made.id = {id};
    made.name = {"#r" + std::to_string(id), "#r" + std::to_string(id), 0, true};
    return made;
}

struct kept {
    explicit kept(const std::string& name) : on(name) {
        on.commit({chat::account_saved{{7}, {"Ana", "ana", 0, true}, at(1), 3, false, {}},
                   chat::credentials_saved{{7}, {"hash", ""}}, room(5)});
        reader = std::move(*open_credential_reader(on.options()));
    }
    void says(std::uint64_t author, std::uint64_t room, std::uint64_t number) {
        chat::card by;
        by.person = {author};
        chat::spoke said;
        said.by = std::make_shared<const chat::card>(by);
        said.conversation = {room};
        said.number = {number};
        said.text = std::to_string(number);
        on.commit({said});
    }
    [[nodiscard]] bool has(const std::string& token) const {
        return reader->find_token(token)->has_value();
    }
    session::own_page reads(const session::own_query& what) {
        return std::get<session::own_page>(on.reader->read(what));
    }

    disk_database on;
    std::unique_ptr<credential_reader> reader;
};

const std::string digest("di\0gest", 7);

} // namespace

TEST_CASE("a token is found by its digest, with its account as that is now") {
    kept at_home("token found");
    at_home.on.commit({chat::token_saved{{7}, {"ci", digest, at(5)}, true}});
    const auto found = *at_home.reader->find_token(digest);
    REQUIRE(found.has_value());
    CHECK(found->as.account.value == 7);
    CHECK(found->as.version == 3);
    CHECK_FALSE(at_home.has("di"));
    at_home.on.commit({chat::account_saved{{7}, {"Ana", "ana", 0, true}, at(1), 4, true, {}}});
    CHECK((*at_home.reader->find_token(digest))->as.version == 4);
    CHECK((*at_home.reader->find_token(digest))->suspended);
}

TEST_CASE("a token ends when it is taken away, and with its account") {
    kept at_home("token ends");
    at_home.on.commit({chat::token_saved{{7}, {"ci", "one", at(5)}, true}});
    at_home.on.commit({chat::token_saved{{7}, {"cd", "two", at(5)}, true}});
    at_home.on.commit({chat::token_saved{{7}, {"ci", "one", at(5)}, false}});
    CHECK_FALSE(at_home.has("one"));
    CHECK(at_home.has("two"));
    at_home.on.commit({chat::account_ended{{7}}});
    CHECK_FALSE(at_home.has("two"));
}

TEST_CASE("a restart finds tokens and webhooks again; a room takes its own with it") {
    kept at_home("webhooks again");
    const chat::webhook hook{{9}, {"Builds", "builds", 0, true}, digest, "Ana", at(5)};
    at_home.on.commit({chat::token_saved{{7}, {"ci", digest, at(5)}, true},
                       chat::webhook_saved{{5}, hook, true}});
    at_home.reader.reset();
    at_home.on.close();
    at_home.on.open();
    REQUIRE(at_home.on.now.heart.tokens.size() == 1);
    CHECK(at_home.on.now.heart.tokens[0].what.key == digest);
    REQUIRE(at_home.on.now.heart.webhooks.size() == 1);
    CHECK(at_home.on.now.heart.webhooks[0].what.key == digest);
    CHECK(at_home.on.now.heart.webhooks[0].what.name == hook.name);
    at_home.on.commit({chat::conversation_ended{{5}}});
    at_home.on.close();
    at_home.on.open();
    CHECK(at_home.on.now.heart.webhooks.empty());
}

TEST_CASE("what an account said is read stretch by stretch, and nobody else's") {
    kept at_home("own messages");
    const std::uint64_t count = base::limits::own_messages_scanned_max;
    at_home.says(7, 5, 1);
    at_home.says(8, 5, 2);
    for (std::uint64_t i = 3; i <= count; ++i) {
        at_home.says(8, 5, i);
    }
    at_home.says(7, 6, count + 1);
    const session::own_page first = at_home.reads({{7}, {}, {}});
    REQUIRE(first.hits.size() == 1);
    CHECK(first.hits[0].message.text == "1");
    REQUIRE(first.next.has_value());
    const session::own_page second = at_home.reads(*first.next);
    REQUIRE(second.hits.size() == 1);
    CHECK(second.hits[0].conversation.value == 6);
    CHECK_FALSE(second.next.has_value());
}
