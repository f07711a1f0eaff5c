// SPDX-License-Identifier: Apache-2.0
#include "base/web_limits.hpp"
#include "web/export_routes.hpp"
#include "web/export_session.hpp"
#include "web/paced_text.hpp"
#include "web/visit.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>
#include <variant>

using namespace tertulia;
using namespace tertulia::tests;

namespace {

constexpr const char* bearer = "Authorization: Bearer secret\r\n";

// Ana asks for an export of #a.
struct archive {
    archive() {
        desk.tokens.emplace_back("0123456789abcdef");
        one = std::make_unique<visit>(web::export_routes(desk, nullptr));
    }
    std::string asks(const std::string& path, const char* proof = bearer) {
        static_cast<void>(one->sends(get(path, proof)));
        return one->is_told([](session::protocol& to, base::moment now, session::output& out) {
            to.deliver_check(session::proved{{{7}, 3}, {"Ana", "ana", 0, true}, {}}, now, out);
        });
    }
    std::string hears(const chat::event_body& what) { return one->is_answered(what); }
    std::string may_read() {
        chat::history_answer found;
        found.conversation = {3};
        found.up_to = {1'000};
        found.room = std::make_shared<const chat::room_card>(
            chat::room_card{{3}, {"#a<b", "#a<b", 0, true}});
        return hears(chat::answered{std::make_shared<const chat::answer>(found)});
    }
    std::string reads(const session::read_answer& page) {
        return one->is_told([&](session::protocol& to, base::moment now, session::output& out) {
            to.deliver_read(page, now, out);
        });
    }
    std::string reads_messages(std::size_t count, const std::string& text) {
        session::history_page page;
        for (std::size_t i = 0; i < count; ++i) {
            session::stored_message message;
            message.number = {++last};
            message.nickname = "<Eva>";
            message.text = text;
            page.messages.push_back(message);
        }
        return reads(page);
    }
    std::string goes_on() { return one->waits(std::chrono::milliseconds{20}); }

    web::program_desk desk;
    std::unique_ptr<visit> one;
    std::uint64_t last = 0;
};

std::string status_of(const std::string& answer) { return answer.substr(9, 3); }

} // namespace

TEST_CASE("a room's history is read page by page, and ends with the last chunk") {
    archive of;
    static_cast<void>(of.asks("/api/rooms/a/export"));
    const std::string head = of.may_read();
    CHECK(status_of(head) == "200");
    CHECK(head.contains("\r\nContent-Type: application/x-ndjson\r\n"));
    CHECK(head.contains("\r\nTransfer-Encoding: chunked\r\n"));
    CHECK(
        of.reads_messages(base::limits::export_page_size, "hola").contains("\"text\":\"hola\"}\n"));
    CHECK(of.goes_on().empty());
    CHECK_FALSE(of.reads_messages(1, "bye").contains("0\r\n\r\n"));
    CHECK(of.goes_on() == "0\r\n\r\n");
    CHECK(of.one->closed());
}

TEST_CASE("a page is handed out in slices, however large what was said becomes in it") {
    for (const std::string format : {"jsonl", "txt", "html"}) {
        CAPTURE(format);
        archive of;
        static_cast<void>(of.asks("/api/rooms/a/export?format=" + format));
        static_cast<void>(of.may_read());
        const std::string page =
            of.reads_messages(base::limits::export_page_size, std::string(4'095, '"'));
        CHECK(page.size() > base::limits::export_page_size * 4'095);
        CHECK(of.one->largest_piece() <= base::limits::paced_slice_size);
    }
}

TEST_CASE("the next page is read when the last slice of this one has been handed out") {
    const auto taken = std::make_shared<bool>(false);
    const std::string text(base::limits::paced_slice_size + 1, 'x');
    web::paced_text of(text, taken);
    std::string heard;
    CHECK(of.next(heard));
    CHECK(heard.size() == base::limits::paced_slice_size);
    CHECK_FALSE(*taken);
    CHECK_FALSE(of.next(heard));
    CHECK(heard == text);
    CHECK(*taken);
}

TEST_CASE("an export that cannot be read to its end does not look whole") {
    archive of;
    static_cast<void>(of.asks("/api/rooms/a/export"));
    static_cast<void>(of.may_read());
    CHECK(of.reads(session::read_failed{}).empty());
    CHECK(of.one->closed());
}

TEST_CASE("who may not read gets what who asks for no room gets") {
    archive of;
    static_cast<void>(of.asks("/api/rooms/a/export"));
    const std::string hidden = of.hears(chat::refused{chat::reason::no_such_room, "#a", {}});
    archive other;
    const std::string none = other.asks("/api/rooms/a,b/export");
    CHECK(status_of(hidden) == "404");
    CHECK(hidden == none);
}

TEST_CASE("nothing that was said is a part of the page") {
    archive of;
    static_cast<void>(of.asks("/api/rooms/a/export?format=html"));
    const std::string head = of.may_read();
    CHECK(head.contains("\r\nContent-Security-Policy: sandbox; default-src 'none'\r\n"));
    CHECK(head.contains("\r\nContent-Disposition: attachment; "));
    CHECK(head.contains("<h1>#a&lt;b</h1>"));
    const std::string page = of.reads_messages(1, "<script>\"'&\x02\nb");
    CHECK(page.contains("<b>&lt;Eva&gt;</b> &lt;script&gt;&quot;&#39;&amp;<br>b</p>"));
}

TEST_CASE("further lines of a message stand under the first in a text") {
    archive of;
    static_cast<void>(of.asks("/api/rooms/a/export?format=txt"));
    static_cast<void>(of.may_read());
    CHECK(of.reads_messages(1, "a\nb").contains("Z <<Eva>> a\n    b\n"));
    archive other;
    CHECK(status_of(other.asks("/api/rooms/a/export?format=pdf")) == "400");
}

TEST_CASE("a text does nothing to the terminal that it is looked at in") {
    archive of;
    static_cast<void>(of.asks("/api/rooms/a/export?format=txt"));
    static_cast<void>(of.may_read());
    CHECK(of.reads_messages(1, "a\x1b[2Jb").contains("Z <<Eva>> a[2Jb\n"));
}

TEST_CASE("an account takes home what is kept of it, and what it said") {
    archive of;
    static_cast<void>(of.asks("/api/account/export", "Cookie: tertulia=here\r\n"));
    chat::own_answer all;
    all.id = {7};
    all.name = {"Ana", "ana", 0, true};
    all.about = {{"display-name", "A \"n\" a"}};
    all.places = {{{3}, "#a", chat::role::owner}, {{4}, "eva", std::nullopt}};
    all.tokens = {{"ci", "digest", {}}};
    const std::string head = of.hears(chat::answered{std::make_shared<const chat::answer>(all)});
    CHECK(head.contains(R"("account":"Ana")"));
    CHECK(head.contains(R"("metadata":{"display-name":"A \"n\" a"})"));
    CHECK(head.contains(R"([{"room":"#a","role":"owner"},{"with":"eva"}])"));
    CHECK_FALSE(head.contains("digest"));
    session::own_page page;
    session::stored_message said;
    said.number = {9};
    said.text = "hola";
    page.hits.push_back({{3}, said});
    CHECK(of.reads(page).contains(R"("text":"hola","room":"#a"})"));
    CHECK(of.goes_on().contains("]}\n"));
}

TEST_CASE("what an account has of its own is handed out in slices, too") {
    archive of;
    static_cast<void>(of.asks("/api/account/export", "Cookie: tertulia=here\r\n"));
    chat::own_answer all;
    all.places.resize(50'000, {{3}, "#a", chat::role::owner});
    const std::string head = of.hears(chat::answered{std::make_shared<const chat::answer>(all)});
    CHECK(head.size() > std::size_t{1} << 20U);
    CHECK(of.one->largest_piece() <= base::limits::paced_slice_size);
}

TEST_CASE("a program's token takes nothing of that home") {
    archive of;
    CHECK(status_of(of.asks("/api/account/export")) == "403");
}

TEST_CASE("without an account nothing is exported") {
    archive of;
    CHECK(status_of(of.one->sends(get("/api/account/export"))) == "401");
    CHECK(status_of(of.one->sends(get("/api/rooms/a/export"))) == "401");
    CHECK(of.one->requests.empty());
}
