// SPDX-License-Identifier: Apache-2.0
// A keeper of files in a folder of its own, with a database of messages beside it, and verbs for
// those who hand in, post and read.
#pragma once

#include "chat/batch.hpp"
#include "files/keeper.hpp"
#include "media/codecs.hpp"
#include "store/database.hpp"
#include "store/sqlite.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::files::tests {

using session::file_part;
using session::file_refusal;

// Accounts up to this one have been there for years, and those behind it are new.
constexpr std::uint64_t newest_settled = 1'000;

struct house {
    house() {
        how.data_folder = path;
        how.messages = {path + "/tertulia.db", {}, store::checkpoints::in_tidy, {}};
        how.program = PICTURE_CHILD;
        how.size_max = 100'000;
        how.account_quota = 250'000;
        how.guest_quota = 120'000;
        how.total_max = 1'000'000;
        how.now = [this] { return now; };
        how.forgotten = [this](const std::vector<std::string>& ids) {
            database.writer->forget_files(ids);
        };
        database = std::move(*store::open_database(how.messages));
        make_account(newest_settled);
        open();
    }

    void open() {
        auto opened = keeper::open(how);
        REQUIRE_MESSAGE(opened.has_value(), opened.error().sentence);
        at = std::move(*opened);
    }

    void happen(std::vector<chat::event_body> what) {
        auto batch = std::make_shared<chat::batch>();
        for (chat::event_body& one : what) {
            batch->events.push_back({{}, now, chat::nobody{}, std::move(one)});
        }
        const chat::batch_ref shared = batch;
        REQUIRE(database.writer->commit({&shared, 1}).has_value());
    }
    void make_room(std::uint64_t id, std::initializer_list<chat::room_flag> flags = {},
                   const std::string& password = {}) {
        chat::room_saved made;
        made.id = {id};
        const std::string name = "#room" + std::to_string(id);
        made.name = {name, name, id, true};
        made.password = password;
        for (const chat::room_flag one : flags) {
            made.flags.set(static_cast<std::size_t>(one));
        }
        happen({made});
    }
    void make_account(std::uint64_t id, base::wall_time made_at = {}) {
        chat::account_saved made;
        made.made_at = made_at;
        made.id = {id};
        const std::string name = "account" + std::to_string(id);
        made.name = {name, name, id, true};
        happen({made});
    }
    void show_picture(std::uint64_t account, const std::string& address) {
        happen({chat::metadata_saved{{account}, {}, {"avatar", address}}});
    }
    void join(std::uint64_t account, std::uint64_t room) {
        happen({chat::membership_saved{{account}, {room}, true}});
    }
    // Account 0: a guest.
    void say(std::uint64_t account, std::uint64_t conversation, const std::string& text) {
        chat::card by;
        by.person = {account == 0 ? 999 : account};
        by.registered = account != 0;
        chat::spoke made;
        made.by = std::make_shared<const chat::card>(by);
        made.conversation = {conversation};
        made.text = text;
        made.number = {++numbers};
        happen({made});
    }

    std::expected<session::file_facts, file_refusal>
    hand_in(const std::string& bytes, std::uint64_t owner = 7, const std::string& name = "a.txt",
            const std::string& type = "text/plain") {
        auto begun = at->begin({name, type, bytes.size(), {owner}, 5});
        if (!begun) {
            return std::unexpected(begun.error());
        }
        if (const auto no = (*begun)->write(bytes)) {
            return std::unexpected(*no);
        }
        return (*begun)->finish();
    }
    // What a reader gets; a refusal as "not_found" and the like.
    std::string read(const std::string& id, std::uint64_t reader = 0,
                     file_part which = file_part::whole, std::uint64_t in = 0) {
        const auto opened = at->open(id, which, {{reader}, {in}});
        if (!opened) {
            return opened.error() == file_refusal::not_found     ? "not_found"
                   : opened.error() == file_refusal::not_allowed ? "not_allowed"
                                                                 : "failed";
        }
        std::string bytes;
        (*opened)->read(0, (*opened)->size(), bytes);
        return bytes;
    }
    // Without a message of its own each time, which would take long.
    void say_often(const session::file_facts& of, std::uint64_t author, int times) {
        const auto on = store::open_connection(how.messages.path, {}, store::access::read_write);
        const std::string sql =
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
            std::to_string(times) + ") INSERT INTO file_links SELECT '" + of.id +
            "', 1, 1000000 + i, " + std::to_string(author) + " FROM n";
        REQUIRE(store::execute(on->get(), sql).has_value());
    }
    // Another message says it: the one of that number is taken back.
    void take_back(std::uint64_t number, std::uint64_t conversation) {
        chat::redacted made;
        made.by = std::make_shared<const chat::card>();
        made.conversation = {conversation};
        made.message = {number};
        made.number = {++numbers};
        happen({made});
    }
    // Messages that are known to have a file's link, or to have had it.
    [[nodiscard]] std::int64_t links_of(const std::string& id) const {
        const auto on = store::open_reading_connection(how.messages.path, {});
        return *store::query_number(on->get(),
                                    "SELECT count(*) FROM file_links WHERE file = '" + id + "'");
    }
    [[nodiscard]] std::size_t files_on_disk() const {
        std::size_t count = 0;
        for (const auto& one : std::filesystem::recursive_directory_iterator(path + "/files")) {
            count += one.is_regular_file() ? 1U : 0U;
        }
        return count;
    }
    static std::string link(const session::file_facts& of) {
        return "https://irc.example.org/files/" + of.id + "/" + of.name;
    }
    static std::string picture(std::uint8_t shade = 9) {
        media::bitmap seen({600, 400});
        for (std::size_t at = 0; at < seen.bytes.size(); ++at) {
            seen.bytes[at] = at % 4 == 3 ? 255 : shade;
        }
        return media::write_jpeg({seen, {}});
    }

    tertulia::tests::temporary_folder folder;
    const std::string path = folder.path();
    base::wall_time now{std::chrono::hours{24 * 365 * 50}};
    keeping how;
    store::opened database;
    std::unique_ptr<keeper> at;
    std::uint64_t numbers = 0;
};

} // namespace tertulia::files::tests
