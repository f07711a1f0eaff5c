// SPDX-License-Identifier: Apache-2.0
// The disk that the other tests and the simulation stand on keeps its own promises: what it
// forgets, what it keeps, and when it fails.
#include "sim/disk.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>

using namespace tertulia::sim;

namespace {

constexpr int data = SQLITE_OPEN_MAIN_DB;
constexpr int journal = SQLITE_OPEN_WAL;

// A file as SQLite opens it.
class open_file {
public:
    open_file(const lossy_disk& disk, const char* path, int kind)
        : memory_(std::make_unique<std::uint64_t[]>(64)) {
        sqlite3_vfs* const vfs = sqlite3_vfs_find(disk.name().c_str());
        REQUIRE(static_cast<std::size_t>(vfs->szOsFile) <= 64 * sizeof(std::uint64_t));
        const int flags = kind | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        REQUIRE(vfs->xOpen(vfs, path, file(), flags, nullptr) == SQLITE_OK);
    }
    ~open_file() { methods().xClose(file()); }
    open_file(const open_file&) = delete;
    open_file& operator=(const open_file&) = delete;

    int writes(std::string_view text, std::int64_t at = 0) {
        return methods().xWrite(file(), text.data(), static_cast<int>(text.size()), at);
    }
    int syncs() { return methods().xSync(file(), SQLITE_SYNC_NORMAL); }
    int locks(int level) { return methods().xLock(file(), level); }
    int unlocks(int level) { return methods().xUnlock(file(), level); }
    int locks_memory(int slot, int flags) {
        return methods().xShmLock(file(), slot, 1, flags | SQLITE_SHM_LOCK);
    }

private:
    sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(memory_.get()); }
    const sqlite3_io_methods& methods() { return *file()->pMethods; }

    std::unique_ptr<std::uint64_t[]> memory_;
};

bool has(const lossy_disk& disk, const std::string& path) { return disk.files.contains(path); }

} // namespace

TEST_CASE("what was synced, name and content, survives every power cut") {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        lossy_disk disk("synced");
        {
            open_file file(disk, "/wal", journal);
            file.writes("durable");
            file.syncs();
            file.writes("forgotten", 100);
        }
        disk.power_cut(seed);
        REQUIRE(has(disk, "/wal"));
        CHECK(disk.bytes_of("/wal").starts_with("durable"));
    }
}

TEST_CASE("what was not synced is kept after some power cuts and lost after others") {
    int kept = 0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        lossy_disk disk("unsynced");
        open_file(disk, "/wal", journal).syncs();
        open_file(disk, "/wal", journal).writes("perhaps");
        disk.power_cut(seed);
        kept += disk.bytes_of("/wal") == "perhaps" ? 1 : 0;
    }
    CHECK(kept > 5);
    CHECK(kept < 45);
}

TEST_CASE("a synced file whose name was not synced may be gone") {
    int lost = 0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        lossy_disk disk("nameless");
        {
            open_file file(disk, "/data", data);
            file.writes("durable");
            file.syncs();
        }
        disk.power_cut(seed);
        lost += has(disk, "/data") ? 0 : 1;
    }
    CHECK(lost > 5);
    CHECK(lost < 45);
}

TEST_CASE("a long write is torn between sectors, never within one") {
    bool torn = false;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        lossy_disk disk("torn");
        open_file file(disk, "/wal", journal);
        file.writes(std::string(2'048, 'a'));
        file.syncs();
        file.writes(std::string(2'048, 'b'));
        disk.power_cut(seed);
        const std::string& found = disk.bytes_of("/wal");
        torn = torn || (found.contains('a') && found.contains('b'));
        for (std::size_t at = 0; at < found.size(); at += 512) {
            CHECK(found.substr(at, 512) == std::string(512, found[at]));
        }
    }
    CHECK(torn);
}

TEST_CASE("the death of the process alone loses nothing") {
    lossy_disk disk("killed");
    open_file(disk, "/data", data).writes("written");
    disk.die();
    disk.restart();
    CHECK(disk.bytes_of("/data") == "written");
}

TEST_CASE("the same seed cuts the same way") {
    const auto remains = [](std::uint64_t seed) {
        lossy_disk disk("same");
        open_file file(disk, "/wal", journal);
        file.syncs();
        file.writes(std::string(9'000, 'x'));
        disk.power_cut(seed);
        return disk.bytes_of("/wal");
    };
    CHECK(remains(7) == remains(7));
    CHECK(remains(7) != remains(8));
}

TEST_CASE("the operation that was chosen fails, once") {
    lossy_disk disk("failing");
    open_file file(disk, "/data", data);
    disk.fail_after(2);
    CHECK(file.writes("a") == SQLITE_OK);
    CHECK(file.writes("b") == SQLITE_IOERR_WRITE);
    CHECK(file.writes("c") == SQLITE_OK);
}

TEST_CASE("from its death on nothing works, until a restart") {
    lossy_disk disk("dying");
    open_file file(disk, "/data", data);
    disk.die_after(2);
    CHECK(file.writes("a") == SQLITE_OK);
    CHECK(file.syncs() == SQLITE_IOERR_FSYNC);
    CHECK(file.writes("b") == SQLITE_IOERR_WRITE);
    disk.restart();
    CHECK(file.writes("c") == SQLITE_OK);
}

TEST_CASE("what a failed sync should have kept is not kept by the next one") {
    lossy_disk disk("failed sync");
    open_file file(disk, "/wal", journal);
    file.syncs();
    file.writes("gone");
    disk.fail_after(1);
    CHECK(file.syncs() == SQLITE_IOERR_FSYNC);
    CHECK(file.syncs() == SQLITE_OK);
    CHECK(disk.bytes_of("/wal") == "gone");
    disk.power_cut(1);
    CHECK(disk.bytes_of("/wal").empty());
}

TEST_CASE("a full disk takes what needs no more room") {
    lossy_disk disk("full");
    open_file file(disk, "/data", data);
    file.writes("0123456789");
    disk.limit_space(5);
    CHECK(file.writes("abcdef", 10) == SQLITE_FULL);
    CHECK(file.writes("9876543210") == SQLITE_OK);
    CHECK(file.writes("abcde", 10) == SQLITE_OK);
    CHECK(disk.free_space() == 0);
}

TEST_CASE("one writes, many read, and who writes reads alone") {
    lossy_disk disk("locks");
    open_file one(disk, "/data", data);
    open_file other(disk, "/data", data);
    CHECK(one.locks(SQLITE_LOCK_SHARED) == SQLITE_OK);
    CHECK(other.locks(SQLITE_LOCK_SHARED) == SQLITE_OK);
    CHECK(one.locks(SQLITE_LOCK_RESERVED) == SQLITE_OK);
    CHECK(other.locks(SQLITE_LOCK_RESERVED) == SQLITE_BUSY);
    CHECK(one.locks(SQLITE_LOCK_EXCLUSIVE) == SQLITE_BUSY);
    CHECK(other.unlocks(SQLITE_LOCK_NONE) == SQLITE_OK);
    CHECK(one.locks(SQLITE_LOCK_EXCLUSIVE) == SQLITE_OK);
    CHECK(other.locks(SQLITE_LOCK_SHARED) == SQLITE_BUSY);
}

TEST_CASE("a slot of the shared memory is one's alone or many's") {
    lossy_disk disk("slots");
    open_file one(disk, "/data", data);
    open_file other(disk, "/data", data);
    CHECK(one.locks_memory(3, SQLITE_SHM_SHARED) == SQLITE_OK);
    CHECK(other.locks_memory(3, SQLITE_SHM_SHARED) == SQLITE_OK);
    CHECK(other.locks_memory(4, SQLITE_SHM_EXCLUSIVE) == SQLITE_OK);
    CHECK(one.locks_memory(4, SQLITE_SHM_SHARED) == SQLITE_BUSY);
    CHECK(one.locks_memory(3, SQLITE_SHM_EXCLUSIVE) == SQLITE_BUSY);
}

TEST_CASE("a name that a dead process left unsynced is synced by the next one's first sync") {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        lossy_disk disk("left");
        open_file(disk, "/wal", journal).writes("durable");
        disk.restart();
        open_file(disk, "/wal", journal).syncs();
        disk.power_cut(seed);
        REQUIRE(has(disk, "/wal"));
        CHECK(disk.bytes_of("/wal") == "durable");
    }
}
