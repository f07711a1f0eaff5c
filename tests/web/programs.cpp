// SPDX-License-Identifier: Apache-2.0
// What programs send: messages with a token or to a webhook, and how both are made.
#include "base/web_limits.hpp"
#include "crypto/digest.hpp"
#include "web/account_handler.hpp"
#include "web/post_routes.hpp"
#include "web/token_routes.hpp"
#include "web/visit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <variant>

using namespace tertulia;
using namespace tertulia::tests;

namespace {

constexpr const char* bearer = "Authorization: Bearer secret\r\n";
constexpr const char* json = "Content-Type: application/json\r\n";

// One visitor of the API, and the parts of the server that answer it.
struct counter {
    counter() {
        desk.tokens.emplace_back("0123456789abcdef");
        desk.root = "https://chat.example";
        std::vector<web::route> rows = web::post_routes(desk);
        std::ranges::move(web::token_routes(desk), std::back_inserter(rows));
        one = std::make_unique<visit>(std::move(rows));
    }

    // The token or the cookie is Ana's.
    std::string proves() {
        return one->is_told([](session::protocol& to, base::moment now, session::output& out) {
            to.deliver_check(session::proved{{{7}, 3}, {"Ana", "ana", 0, true}, {}}, now, out);
        });
    }
    std::string hears(const chat::event_body& what) { return one->is_answered(what); }
    std::string refuses(chat::reason why, const std::string& b = {}) {
        return hears(chat::refused{why, "#a", b});
    }
    std::string says() {
        chat::spoke said;
        said.room =
            std::make_shared<const chat::room_card>(chat::room_card{{3}, {"#a", "#a", 0, true}});
        said.number = {42};
        return hears(said);
    }
    template <class Command>
    [[nodiscard]] const Command& asked() const {
        return std::get<Command>(std::get<chat::command>(one->requests.back().what));
    }

    web::program_desk desk;
    std::unique_ptr<visit> one;
};

std::string status_of(const std::string& answer) { return answer.substr(9, 3); }

} // namespace

TEST_CASE("a message with a token is posted as its account, and confirmed when it is durable") {
    counter at;
    CHECK(at.one->sends(post("/api/rooms/a/messages", "hola", bearer)).empty());
    CHECK(std::get<session::token_check>(at.one->check->what).token == "secret");
    CHECK(at.proves().empty());
    const auto& wish = at.asked<chat::post>();
    CHECK(std::get<chat::proof>(wish.by).account.value == 7);
    CHECK(wish.room.key == "#a");
    CHECK(wish.text == "hola");
    const std::string answer = at.says();
    CHECK(status_of(answer) == "201");
    CHECK(answer.contains(R"("time":"1994-11-06T08:49:37.000Z","room":"#a"})"));
    CHECK(answer.contains(R"({"msgid":")" + at.desk.msgid({}, {42}) + "\""));
}

TEST_CASE("without an account nobody posts to a room, and a wrong token is told") {
    counter at;
    CHECK(status_of(at.one->sends(post("/api/rooms/a/messages", "hola"))) == "401");
    static_cast<void>(at.one->sends(post("/api/rooms/a/messages", "hola", bearer)));
    const std::string answer =
        at.one->is_told([](session::protocol& to, base::moment now, session::output& out) {
            to.deliver_check(session::not_proved{}, now, out);
        });
    CHECK(status_of(answer) == "401");
    CHECK(answer.contains("WWW-Authenticate: Bearer "));
    CHECK(at.one->requests.empty());
}

TEST_CASE("a webhook is known by its address alone, from any page") {
    counter at;
    static_cast<void>(at.one->sends(post("/hooks/secret", R"({"text":"built\nwell"})",
                                         std::string(json) + "Origin: https://other.example\r\n")));
    CHECK(std::get<std::string>(at.asked<chat::post>().by) == crypto::sha256("secret"));
    CHECK(at.asked<chat::post>().text == "built\nwell");
    CHECK(status_of(at.says()) == "201");
}

TEST_CASE("a cookie posts from this site's pages alone") {
    counter at;
    CHECK(status_of(at.one->sends(
              post("/api/rooms/a/messages", "hola",
                   "Cookie: tertulia=x\r\nOrigin: https://other.example\r\n"))) == "403");
}

TEST_CASE("what the heart refuses is told as it is to people") {
    const std::vector<std::pair<chat::reason, std::string>> truths{
        {chat::reason::no_such_webhook, "404"}, {chat::reason::no_such_room, "404"},
        {chat::reason::may_not_speak, "403"},   {chat::reason::accounts_speak, "403"},
        {chat::reason::proof_outdated, "401"},  {chat::reason::account_suspended, "403"},
        {chat::reason::no_space, "507"},        {chat::reason::busy, "503"},
        {chat::reason::server_banned, "403"},   {chat::reason::word_refused, "403"},
        {chat::reason::muted, "403"},           {chat::reason::nickname_banned, "400"}};
    for (const auto& [why, status] : truths) {
        counter at;
        static_cast<void>(at.one->sends(post("/hooks/secret", "built")));
        CHECK(status_of(at.refuses(why)) == status);
    }
    counter at;
    static_cast<void>(at.one->sends(post("/hooks/secret", "built")));
    const std::string slowed = at.refuses(chat::reason::slowed_down, "17");
    CHECK(status_of(slowed) == "429");
    CHECK(slowed.contains("\r\nRetry-After: 17\r\n"));
}

TEST_CASE("too many messages at once are refused, with the time to wait; others' are not") {
    counter at;
    for (int i = 0; i < base::limits::posts_at_once_max; ++i) {
        static_cast<void>(at.one->sends(post("/hooks/secret", "built")));
        CHECK(status_of(at.says()) == "201");
    }
    const std::string answer = at.one->sends(post("/hooks/secret", "built"));
    CHECK(status_of(answer) == "429");
    CHECK(answer.contains("\r\nRetry-After: 1\r\n"));
    static_cast<void>(at.one->sends(post("/hooks/another", "built")));
    CHECK(status_of(at.says()) == "201");
    static_cast<void>(at.one->waits(base::limits::post_each));
    static_cast<void>(at.one->sends(post("/hooks/secret", "built")));
    CHECK(status_of(at.says()) == "201");
}

TEST_CASE("the text of a body is cleaned, and bounded as IRC's") {
    using web::posted_text;
    using web::text_fault;
    CHECK(std::get<std::string>(posted_text("a\r\nb\n\n", false)) == "a\nb");
    CHECK(std::get<std::string>(posted_text(std::string("a\0\x01"
                                                        "b",
                                                        4),
                                            false)) == "ab");
    CHECK(std::get<std::string>(posted_text(R"({"text":"¡hola!","more":1})", true)) == "¡hola!");
    CHECK(std::get<text_fault>(posted_text(R"({"text":1})", true)) == text_fault::not_json);
    CHECK(std::get<text_fault>(posted_text("hola", true)) == text_fault::not_json);
    CHECK(std::get<text_fault>(posted_text("\xFF", false)) == text_fault::not_utf8);
    CHECK(std::get<text_fault>(posted_text(" \n\n", false)) == text_fault::empty);
    CHECK(std::get<text_fault>(posted_text(std::string(4'097, 'a'), false)) ==
          text_fault::too_long);
    std::string lines = "a";
    for (int i = 0; i < 64; ++i) {
        lines += "\na";
    }
    CHECK(std::get<text_fault>(posted_text(lines, false)) == text_fault::too_long);
}

TEST_CASE("a token is made by its owner, shown once, and only its digest is handed on") {
    counter at;
    static_cast<void>(at.one->sends(
        post("/api/tokens", R"({"name":"ci"})", std::string(json) + "Cookie: tertulia=x\r\n")));
    static_cast<void>(at.proves());
    const chat::add_token wish = at.asked<chat::add_token>();
    const std::string answer = at.hears(chat::answered{});
    CHECK(status_of(answer) == "201");
    const std::size_t start = answer.find(R"("token":")") + 9;
    const std::string token = answer.substr(start, answer.find('"', start) - start);
    CHECK(token.size() == 64);
    CHECK(wish.key == crypto::sha256(token));
    CHECK(wish.by->account.value == 7);
}

TEST_CASE("a token makes and sees no tokens and no webhooks") {
    counter at;
    const std::string made = R"({"name":"ci"})";
    for (const std::string& sent :
         {get("/api/tokens", bearer), post("/api/tokens", made, std::string(json) + bearer),
          get("/api/rooms/a/webhooks", bearer),
          post("/api/rooms/a/webhooks", made, std::string(json) + bearer)}) {
        static_cast<void>(at.one->sends(sent));
        CHECK(status_of(at.proves()) == "403");
    }
    CHECK(at.one->requests.empty());
}

TEST_CASE("a webhook is made with an address that nobody guesses") {
    counter at;
    static_cast<void>(at.one->sends(post("/api/rooms/a/webhooks", R"({"name":"Builds"})",
                                         std::string(json) + "Cookie: tertulia=x\r\n")));
    static_cast<void>(at.proves());
    CHECK(at.asked<chat::add_webhook>().room.key == "#a");
    const std::string key = at.asked<chat::add_webhook>().key;
    const std::string answer = at.hears(chat::answered{});
    const std::size_t start = answer.find("https://chat.example/hooks/") + 27;
    CHECK(crypto::sha256(answer.substr(start, 64)) == key);
}

TEST_CASE("without an address of its own the server is where who makes a webhook has found it") {
    counter at;
    at.desk.root.clear();
    static_cast<void>(at.one->sends(post("/api/rooms/a/webhooks", R"({"name":"Builds"})",
                                         std::string(json) + "Cookie: tertulia=x\r\n")));
    static_cast<void>(at.proves());
    const std::string answer = at.hears(chat::answered{});
    CHECK_MESSAGE(answer.contains(R"("url":"http://here:8067/hooks/)"), answer);
}

TEST_CASE("names that are none, and bodies that are no JSON, make nothing") {
    counter at;
    const std::vector<std::pair<std::string, std::string>> truths{
        {post("/api/tokens", R"({"name":"a b"})", json), "400"},
        {post("/api/tokens", R"({"name":""})", json), "400"},
        {post("/api/tokens", "{}", json), "400"},
        {post("/api/tokens", R"({"name":"ci"})"), "415"},
        {post("/api/rooms/a/webhooks", R"({"name":"1 2"})", json), "400"},
        {post("/api/rooms/a,b/webhooks", R"({"name":"x"})", json), "404"}};
    for (const auto& [sent, status] : truths) {
        std::string with_cookie = sent;
        with_cookie.insert(with_cookie.find("Host:"), "Cookie: tertulia=x\r\n");
        static_cast<void>(at.one->sends(with_cookie));
        CHECK(status_of(at.proves()) == status);
    }
    CHECK(at.one->requests.empty());
}

TEST_CASE("a segment of a path may stand for any one, and no other") {
    const std::vector<web::route> rows{row("GET", "/api/rooms/*/events", "x"),
                                       row("POST", "/api/rooms/*/hooks/*", "x"),
                                       row("GET", "/*", "x")};
    const auto path_of = [&](std::string_view path) {
        const auto found = web::find_route(rows, "GET", path);
        return found.of == nullptr ? found.allowed : found.of->path;
    };
    CHECK(path_of("/api/rooms/a/events") == "/api/rooms/*/events");
    CHECK(path_of("/api/rooms/a/events/b") == "/*");
    CHECK(path_of("/api/rooms/events") == "/*");
    CHECK(path_of("/api/rooms/a/hooks/b") == "POST");
    CHECK(path_of("/") == "/*");
}

TEST_CASE("what a program says is held to the words that are not wanted") {
    session::manners house;
    house.refused = {"malo"};
    house.hidden = {"feo"};
    counter at;
    at.desk.manners = [&house](std::size_t) -> const session::manners& { return house; };
    const std::string answer = at.one->sends(post("/hooks/secret", "es MALO"));
    CHECK(status_of(answer) == "403");
    CHECK(answer.contains(R"("error":"word_refused")"));
    CHECK(at.one->requests.empty());
    counter other;
    other.desk.manners = at.desk.manners;
    static_cast<void>(other.one->sends(post("/hooks/secret", "muy feo")));
    CHECK(other.asked<chat::post>().text == "muy ***");
}

TEST_CASE("a room whose name has slashes is reached by writing them %2F and %5C") {
    counter at;
    static_cast<void>(at.one->sends(post("/api/rooms/c%2Fc%2b%2B%5c/messages", "hola", bearer)));
    CHECK(at.proves().empty());
    CHECK(at.asked<chat::post>().room.key == "#c/c++\\");
    counter other;
    static_cast<void>(other.one->sends(post("/api/rooms/%23a%252Fb/messages", "hola", bearer)));
    CHECK(other.proves().empty());
    CHECK(other.asked<chat::post>().room.key == "#a%2fb");
}

TEST_CASE("behind a proxy a webhook's address is where the proxy was called") {
    counter at;
    at.desk.root.clear();
    at.one = std::make_unique<visit>(web::token_routes(at.desk), "192.0.2.1",
                                     web::proxies({"192.0.2.1"}));
    static_cast<void>(at.one->sends(post("/api/rooms/a/webhooks", R"({"name":"ci"})",
                                         std::string("Cookie: __Host-tertulia=x\r\n"
                                                     "X-Forwarded-Proto: https\r\n"
                                                     "X-Forwarded-Host: chat.example\r\n") +
                                             json)));
    CHECK(at.proves().empty());
    CHECK(at.hears(chat::done{}).contains(R"("url":"https://chat.example/hooks/)"));
}

TEST_CASE("a cookie that cannot be looked up now logs nobody out") {
    counter at;
    static_cast<void>(
        at.one->sends(post("/api/rooms/a/messages", "hola", "Cookie: tertulia=x\r\n")));
    const std::string answer =
        at.one->is_told([](session::protocol& to, base::moment now, session::output& out) {
            to.deliver_check(session::not_proved{session::doubt::failed, {}, {}}, now, out);
        });
    CHECK(status_of(answer) == "503");
    CHECK(at.one->requests.empty());
}
