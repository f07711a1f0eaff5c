// SPDX-License-Identifier: Apache-2.0
// On the system's own disk, with the thread that moves pages out of the WAL.
#include "store/fixture.hpp"
#include "temporary_folder.hpp"

#include <filesystem>

using namespace tertulia;
using namespace tertulia::store;
namespace fs = std::filesystem;

namespace {

struct database_on_disk {
    database_on_disk() { now = std::move(*open_database(options())); }

    [[nodiscard]] database_options options() const { return {.path = folder.file("tertulia.db")}; }
    [[nodiscard]] std::uint64_t wal_size() const {
        return fs::file_size(folder.file("tertulia.db-wal"));
    }
    // So many bytes of text as one commit.
    void commits(std::uint64_t bytes) {
        constexpr std::uint64_t text_size = 4'000;
        auto batch = std::make_shared<chat::batch>();
        for (; bytes > text_size; bytes -= text_size) {
            chat::spoke said = disk_database::said(++messages);
            said.text.assign(text_size, 'x');
            batch->events.push_back({{}, at(1), chat::nobody{}, std::move(said)});
        }
        const chat::batch_ref shared = batch;
        REQUIRE(now.writer->commit({&shared, 1}).has_value());
    }

    tests::temporary_folder folder;
    opened now;
    std::uint64_t messages = 0;
};

constexpr std::uint64_t mebibyte = 1U << 20U;

} // namespace

TEST_CASE("the WAL stays within bounds however much is committed") {
    database_on_disk of;
    for (int i = 0; i < 50; ++i) {
        of.commits(4 * mebibyte);
    }
    CHECK(of.wal_size() < 80 * mebibyte);
}

TEST_CASE("the last one to close leaves one file with everything") {
    database_on_disk of;
    of.commits(mebibyte);
    const std::uint64_t messages = of.messages;
    of.now = {};
    CHECK_FALSE(fs::exists(of.folder.file("tertulia.db-wal")));
    const auto reader = std::move(*open_reader(of.options()));
    const session::read_answer answer =
        reader->read(session::history_query{{1}, {messages}, session::read_latest{}, 1'000});
    CHECK(std::get<session::history_page>(answer).messages.size() == messages);
}

TEST_CASE("free space is that of the folder's disk") {
    const database_on_disk of;
    CHECK(of.now.writer->free_space() > 0);
    CHECK(of.now.writer->free_space() <= fs::space(of.folder.path()).capacity);
}
