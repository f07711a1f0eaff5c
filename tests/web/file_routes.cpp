// SPDX-License-Identifier: Apache-2.0
#include "web/file_routes.hpp"

#include "base/base64.hpp"
#include "base/file_limits.hpp"
#include "base/network.hpp"
#include "crypto/digest.hpp"
#include "web/known_handler.hpp"
#include "web/reader_links.hpp"
#include "web/visit.hpp"

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using namespace tertulia;
using namespace tertulia::tests;
using session::file_part;
using session::file_refusal;

namespace {

// Keeps files in memory. The one called "secret" is for account 7 alone.
class shelf final : public session::file_keeper {
public:
    struct file final : session::open_file {
        file(shelf& on, session::file_facts of, std::string content)
            : at_shelf(on), facts_(std::move(of)), bytes(std::move(content)) {}
        [[nodiscard]] const session::file_facts& facts() const override { return facts_; }
        [[nodiscard]] std::uint64_t size() const override { return bytes.size(); }
        bool read(std::uint64_t at, std::size_t size, std::string& out) const override {
            out += bytes.substr(static_cast<std::size_t>(at), size);
            const bool known =
                at_shelf.expected.first <= at && at + size <= at_shelf.expected.second;
            at_shelf.surprises += known ? 0 : 1;
            return true;
        }
        void expect(std::uint64_t at, std::uint64_t size) const override {
            auto& [from, to] = at_shelf.expected;
            from = at == to ? from : at;
            to = at + size;
        }
        shelf& at_shelf;
        session::file_facts facts_;
        std::string bytes;
    };
    struct incoming final : session::incoming_file {
        incoming(shelf& to, session::file_wish what) : at(to), wish(std::move(what)) {}
        std::optional<file_refusal> write(std::string_view piece) override {
            bytes += piece;
            return at.refuses;
        }
        std::expected<session::file_facts, file_refusal> finish() override {
            session::file_facts made;
            made.id = "id" + std::to_string(at.kept.size());
            made.name = wish.name;
            made.type = "text/plain";
            made.tag = std::string(64, 'f');
            made.size = bytes.size();
            made.picture = made.thumbnail = wish.name.ends_with(".png");
            at.owner = wish.owner.value;
            at.kept.insert({made.id, {made, bytes}});
            return made;
        }
        [[nodiscard]] bool takes_long() const override { return at.pictures; }
        shelf& at;
        session::file_wish wish;
        std::string bytes;
    };

    std::expected<std::unique_ptr<session::incoming_file>, file_refusal>
    begin(const session::file_wish& wish) override {
        if (refuses) {
            return std::unexpected(*refuses);
        }
        return std::make_unique<incoming>(*this, wish);
    }
    std::expected<std::unique_ptr<session::open_file>, file_refusal>
    open(std::string_view id, file_part which, session::file_reader reader) override {
        const auto at = kept.find(std::string(id));
        if (at == kept.end()) {
            return std::unexpected(file_refusal::not_found);
        }
        if (at->second.first.name == "secret" && reader.account.value != 7 &&
            reader.in.value != 20) {
            return std::unexpected(file_refusal::not_allowed);
        }
        expected = {};
        return std::make_unique<file>(*this, at->second.first,
                                      which == file_part::whole ? at->second.second : "thumbnail");
    }
    [[nodiscard]] std::uint64_t size_max() const override { return 600'000; }
    [[nodiscard]] std::uint64_t room_left(chat::person_id who, std::uint64_t address) override {
        return who.value != 0 ? 1'000 + who.value : address != 0 ? 10 : 0;
    }

    std::map<std::string, std::pair<session::file_facts, std::string>> kept;
    std::optional<file_refusal> refuses;
    std::uint64_t owner = 0;
    bool pictures = false;                            // is each one that takes long?
    std::pair<std::uint64_t, std::uint64_t> expected; // of the file that was opened last
    int surprises = 0;                                // reads of what was not expected
};

struct scene {
    shelf files;
    session::service_passes passes;
    visit at{web::file_routes(files, passes)};
    int chores = 0;
    int long_chores = 0;

    // The whole of a request, with whatever has to be done or checked in between.
    std::string asks(const std::string& request, std::uint64_t proved = 7) {
        std::string heard = at.sends(request);
        while (at.chore || at.check || !at.requests.empty()) {
            if (!at.requests.empty()) {
                heard += tells_admission(std::exchange(at.requests, {}).front());
                continue;
            }
            if (at.check) {
                at.check.reset();
                heard +=
                    at.is_told([&](session::protocol& to, base::moment now, session::output& out) {
                        const session::credential_answer answer =
                            proved != 0 ? session::credential_answer(session::proved{
                                              {{proved}, 1}, {"ana", "ana", 1, true}, {}})
                                        : session::credential_answer(session::not_proved{});
                        to.deliver_check(answer, now, out);
                    });
                continue;
            }
            auto work = std::move(at.chore);
            ++(work->takes_long() ? long_chores : chores);
            work->run();
            heard += at.is_told([&](session::protocol& to, base::moment now, session::output& out) {
                to.deliver_chore({std::move(work), true}, now, out);
            });
        }
        return heard;
    }
    // The heart says whether she would be let in.
    std::string tells_admission(const session::request& asked) {
        const auto& what = std::get<chat::ask_admission>(std::get<chat::question>(asked.what));
        const bool admits = what.from != base::parse_network(banned);
        const chat::answer said = chat::admission_answer{admits};
        return at.is_told([&](session::protocol& to, base::moment now, session::output& out) {
            const chat::origin cause{{}, asked.serial};
            to.deliver({cause, {}, {}, chat::answered{std::make_shared<const chat::answer>(said)}},
                       now, out);
            to.deliver({cause, {}, {}, chat::done{}}, now, out);
        });
    }
    std::string banned = "203.0.113.1";
    std::string hand_in(const std::string& name, const std::string& bytes) {
        return asks(post("/upload", bytes,
                         "Content-Disposition: attachment; filename=\"" + name + "\"\r\n"));
    }
};

bool has(const std::string& answer, std::string_view line) {
    return answer.contains("\r\n" + std::string(line) + "\r\n");
}
std::string body_of(const std::string& answer) {
    return answer.substr(answer.find("\r\n\r\n") + 4);
}

const std::string as_ana = "Authorization: Basic " + base::to_base64("ana:sesame") + "\r\n";

} // namespace

TEST_CASE("the upload's options say what FILEHOST wants to know") {
    scene of;
    const std::string answer = of.asks("OPTIONS /upload HTTP/1.1\r\nHost: here\r\n\r\n");
    CHECK(answer.starts_with("HTTP/1.1 204 "));
    CHECK(has(answer, "Allow: OPTIONS, POST"));
    CHECK(has(answer, "Accept-Post: */*"));
}

TEST_CASE("who wants to upload is told how much room she has") {
    scene of;
    CHECK(body_of(of.asks(get("/api/uploads"))) == R"({"size_max":600000,"left":10})");
    CHECK(body_of(of.asks(get("/api/uploads", as_ana))) == R"({"size_max":600000,"left":1007})");
}

TEST_CASE("who uploads too much at once is told when to go on, and keeps nobody else waiting") {
    scene of;
    for (int count = 0; count < base::limits::uploads_at_once_max; ++count) {
        REQUIRE(of.hand_in("a", "x").starts_with("HTTP/1.1 201 "));
    }
    const std::string no = of.hand_in("a", "x");
    CHECK(no.starts_with("HTTP/1.1 429 "));
    CHECK(has(no, "Retry-After: 2"));
    CHECK(no.contains("slow_down"));
    CHECK(of.files.kept.size() == static_cast<std::size_t>(base::limits::uploads_at_once_max));
    CHECK(of.asks(post("/upload", "x", as_ana)).starts_with("HTTP/1.1 201 "));
    of.at.waits(base::limits::upload_each);
    CHECK(of.hand_in("a", "x").starts_with("HTTP/1.1 201 "));
}

TEST_CASE("only the end of a picture is work that takes long") {
    scene of;
    of.files.pictures = true;
    of.hand_in("a.png", std::string(400'000, 'x'));
    CHECK(of.long_chores == 1);
    CHECK(of.chores >= 2);
    of.files.pictures = false;
    of.hand_in("a.txt", "x");
    CHECK(of.long_chores == 1);
}

TEST_CASE("a file that is handed in has a place") {
    scene of;
    const std::string answer = of.hand_in("a b.txt", "hello");
    CHECK(answer.starts_with("HTTP/1.1 201 "));
    CHECK(has(answer, "Location: /files/id0/a%20b.txt"));
    CHECK(body_of(answer) == R"({"id":"id0","url":"/files/id0/a%20b.txt","name":"a b.txt",)"
                             R"("type":"text/plain","size":5})");
    CHECK(of.files.kept.at("id0").second == "hello");
    CHECK(of.files.owner == 0);
}

TEST_CASE("a large body comes whole, whatever pieces it comes in") {
    scene of;
    std::string much;
    for (int count = 0; count < 60'000; ++count) {
        much += std::to_string(count);
    }
    CHECK(of.hand_in("much", much).starts_with("HTTP/1.1 201 "));
    CHECK(of.files.kept.at("id0").second == much);
    CHECK(of.hand_in("more", std::string(600'001, 'x')).starts_with("HTTP/1.1 413 "));
}

TEST_CASE("an upload belongs to the account that proves itself") {
    scene of;
    CHECK(of.asks(post("/upload", "x", as_ana)).starts_with("HTTP/1.1 201 "));
    CHECK(of.files.owner == 7);
    CHECK(of.asks(post("/upload", "x", "Cookie: tertulia=token\r\n"), 8)
              .starts_with("HTTP/1.1 201 "));
    CHECK(of.files.owner == 8);
    CHECK(
        of.asks(post("/upload", "x", "Cookie: tertulia=old\r\n"), 0).starts_with("HTTP/1.1 201 "));
    CHECK(of.files.owner == 0);
    of.files.owner = 9;
    CHECK(of.at.sends(post("/upload", "x", "Cookie: tertulia=token\r\n")).empty());
    const auto unknown = [](session::protocol& to, base::moment now, session::output& out) {
        to.deliver_check(session::not_proved{session::doubt::failed, {}, {}}, now, out);
    };
    CHECK(of.at.is_told(unknown).starts_with("HTTP/1.1 503 "));
    CHECK(of.files.owner == 9); // no guest's
    of.at.check.reset();
    const std::string wrong = of.asks(post("/upload", "x", as_ana), 0);
    CHECK(wrong.starts_with("HTTP/1.1 401 "));
    CHECK(wrong.contains("WWW-Authenticate: Basic "));
    CHECK(scene()
              .asks(post("/upload", "x", "Authorization: Basic ????\r\n"))
              .starts_with("HTTP/1.1 401 "));
}

TEST_CASE("who is banned from the server uploads nothing, as a guest or by cookie") {
    scene of;
    of.banned = "192.0.2.7"; // where visits come from
    for (const std::string& proof : {std::string(), std::string("Cookie: tertulia=token\r\n")}) {
        const std::string no = of.asks(post("/upload", "x", proof));
        CHECK(no.starts_with("HTTP/1.1 403 "));
        CHECK(no.contains(R"("error":"banned")"));
    }
    CHECK(of.files.kept.empty());
}

TEST_CASE("a page of another site uploads nothing") {
    scene of;
    CHECK(of.asks(post("/upload", "x", "Origin: https://evil.example\r\n"))
              .starts_with("HTTP/1.1 403 "));
    CHECK(of.files.kept.empty());
}

TEST_CASE("each refusal has a status of its own") {
    const std::pair<file_refusal, std::string_view> truths[] = {
        {file_refusal::guests_not_allowed, "403"},
        {file_refusal::too_large, "413"},
        {file_refusal::over_quota, "403"},
        {file_refusal::disk_full, "507"},
        {file_refusal::unreadable_picture, "422"},
        {file_refusal::too_many, "429"},
        {file_refusal::busy, "503"},
        {file_refusal::failed, "503"}};
    for (const auto& [why, status] : truths) {
        scene of;
        of.files.refuses = why;
        CHECK(of.hand_in("a", "x").substr(9, 3) == status);
    }
}

TEST_CASE("a file is an attachment that can run nothing; a picture is shown") {
    scene of;
    of.hand_in("page.html", "<script>alert(1)</script>");
    of.hand_in("cat.png", "png");
    const std::string page = of.asks(get("/files/id0/page.html"));
    CHECK(page.starts_with("HTTP/1.1 200 "));
    CHECK(has(page, R"(Content-Disposition: attachment; filename="page.html")"));
    CHECK(has(page, "Content-Security-Policy: sandbox; default-src 'none'"));
    CHECK(has(page, "X-Content-Type-Options: nosniff"));
    CHECK(body_of(page) == "<script>alert(1)</script>");
    const std::string cat = of.asks(get("/files/id1/whatever"));
    CHECK(has(cat, R"(Content-Disposition: inline; filename="cat.png")"));
    const std::string small = of.asks(get("/files/id1/thumbnail"));
    CHECK(has(small, "Content-Type: image/webp"));
    CHECK(body_of(small) == "thumbnail");
}

TEST_CASE("parts of a file, and nothing where the reader has it already") {
    scene of;
    of.hand_in("digits", "0123456789");
    const std::string part = of.asks(get("/files/id0/digits", "Range: bytes=2-4\r\n"));
    CHECK(part.starts_with("HTTP/1.1 206 "));
    CHECK(has(part, "Content-Range: bytes 2-4/10"));
    CHECK(has(part, "Content-Length: 3"));
    CHECK(body_of(part) == "234");
    const std::string beyond = of.asks(get("/files/id0/digits", "Range: bytes=10-\r\n"));
    CHECK(beyond.starts_with("HTTP/1.1 416 "));
    CHECK(has(beyond, "Content-Range: bytes */10"));
    const std::string tag = "\"" + std::string(32, 'f') + "\"";
    CHECK(has(part, "ETag: " + tag));
    CHECK(of.asks(get("/files/id0/digits", "If-None-Match: " + tag + "\r\n"))
              .starts_with("HTTP/1.1 304 "));
    CHECK(body_of(of.asks(get("/files/id0/digits",
                              "If-Range: \"other\"\r\nRange: bytes=2-4\r\n"))) == "0123456789");
    const std::string head = of.asks("HEAD /files/id0/digits HTTP/1.1\r\nHost: here\r\n\r\n");
    CHECK(has(head, "Content-Length: 10"));
    CHECK(body_of(head).empty());
}

TEST_CASE("what is sent of a file is asked of the disk ahead, and nothing else") {
    constexpr std::uint64_t stretch = base::limits::file_stretch_size;
    scene of;
    of.hand_in("much", "");
    std::string& bytes = of.files.kept.at("id0").second;
    bytes.assign(5 * stretch + 7, 'x');
    of.asks(get("/files/id0/much"));
    CHECK(of.files.expected == std::pair<std::uint64_t, std::uint64_t>(0, bytes.size()));
    const std::uint64_t from = 3 * stretch + 1;
    const std::string answer =
        of.asks(get("/files/id0/much", "Range: bytes=" + std::to_string(from) + "-\r\n"));
    CHECK(body_of(answer).size() == bytes.size() - from);
    CHECK(of.files.expected == std::pair<std::uint64_t, std::uint64_t>(from, bytes.size()));
    of.asks(get("/files/id0/much", "Range: bytes=100-109\r\n"));
    CHECK(of.files.expected == std::pair<std::uint64_t, std::uint64_t>(100, 110));
    CHECK(of.files.surprises == 0);
}

TEST_CASE("who may not read a file gets nothing of it, and a link for a reader is the reader's") {
    scene of;
    of.hand_in("secret", "for seven");
    CHECK(of.asks(get("/files/id0/secret")).starts_with("HTTP/1.1 403 "));
    CHECK(of.asks(get("/files/id0/secret", as_ana), 8).starts_with("HTTP/1.1 403 "));
    CHECK(body_of(of.asks(get("/files/id0/secret", as_ana))) == "for seven");
    CHECK(of.asks(get("/api/files/id0")).starts_with("HTTP/1.1 401 "));
    const std::string link = body_of(of.asks(get("/api/files/id0", as_ana)));
    REQUIRE(link.starts_with(R"({"url":"/files/id0/secret?for=)"));
    const std::string place = link.substr(8, link.size() - 10);
    CHECK(body_of(of.asks(get(place))) == "for seven");
    CHECK(of.asks(get(place + "0")).starts_with("HTTP/1.1 403 "));
    of.at.waits(web::reader_link_life + std::chrono::seconds{1});
    scene later;
    later.hand_in("secret", "for seven");
    CHECK(later.asks(get(place)).starts_with("HTTP/1.1 403 ")); // another process, another key
}

TEST_CASE(
    "a pass to a room's files opens them without a log-in, as often as one likes, in its time") {
    scene of;
    of.hand_in("secret", "for the room");
    const std::string pass = session::pass_text({31}, "ab");
    of.passes.keep_for_reading({31}, crypto::sha256(pass), {20}, of.at.now().steady);
    const std::string place = "/files/id0/secret?for=" + pass;
    CHECK(body_of(of.asks(get(place))) == "for the room");
    CHECK(body_of(of.asks(get("/files/id0/thumbnail?for=" + pass))) == "thumbnail");
    CHECK(of.asks(get(place + "0")).starts_with("HTTP/1.1 403 "));
    const std::string old = session::pass_text({31}, "cd");
    of.passes.keep_for_reading({31}, crypto::sha256(old), {20},
                               of.at.now().steady - session::pass_lifetime);
    CHECK(of.asks(get("/files/id0/secret?for=" + old)).starts_with("HTTP/1.1 403 "));
}

TEST_CASE("a place that is none leads nowhere") {
    for (const std::string path :
         {"/files/", "/files/x", "/files/../etc/passwd", "/files/%2e%2e/%2e%2e/etc/passwd",
          "/files/..%2f..%2ftertulia.db", "/files/%00", "/files//", "/api/files/"}) {
        CAPTURE(path);
        scene of;
        const std::string answer = of.asks(get(path));
        CHECK(answer.starts_with("HTTP/1.1 4"));
    }
}

TEST_CASE("a signed link is of its file, its reader and its minutes") {
    const web::reader_links of;
    const base::wall_time now{std::chrono::hours{1'000'000}};
    const std::string signature = of.sign("file", {7}, now);
    CHECK(of.read("file", signature, now)->value == 7);
    CHECK(of.read("file", signature, now + web::reader_link_life).has_value());
    CHECK_FALSE(of.read("file", signature, now + web::reader_link_life + std::chrono::seconds{1})
                    .has_value());
    CHECK_FALSE(of.read("other", signature, now).has_value());
    CHECK_FALSE(of.read("file", "8" + signature.substr(1), now).has_value());
    for (const std::string_view odd : {"", ".", "..", "7", "7.7", "7.ffffffffff.", "x.y.z"}) {
        CHECK_FALSE(of.read("file", odd, now).has_value());
    }
}

TEST_CASE("credentials of HTTP Basic are read, or are none") {
    const auto read = web::basic_credentials("bAsIc " + base::to_base64("ana:a:b"));
    REQUIRE(read.has_value());
    CHECK(read->account == "ana");
    CHECK(read->password == "a:b");
    for (const std::string& odd :
         {std::string(), std::string("Basic"), std::string("Basic "), std::string("Bearer eA=="),
          "Basic " + base::to_base64("no colon"), std::string("Basic not base64!")}) {
        CHECK_FALSE(web::basic_credentials(odd).has_value());
    }
}
