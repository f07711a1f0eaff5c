// SPDX-License-Identifier: Apache-2.0
// A disk for SQLite that lives in memory and behaves as badly as disks may: what was not synced is
// lost in part and torn at a power cut, space runs out, writes and syncs fail on command.
//
//     lossy_disk disk("disk-1");
//     open_database({.path = "/data.db", .vfs = disk.name()});
//     disk.die_after(17);            // the 17th write or sync from now on fails, and all after it
//     ... the database is closed ...
//     disk.power_cut(seed);          // what a machine finds when it comes back
//
// One thread at a time. Every connection is closed before the disk is destroyed.
#pragma once

#include "sim/dice.hpp"

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::sim {

// A change that the disk may or may not have kept: bytes at a place, or a new size.
struct unsynced {
    std::uint64_t offset;
    std::string bytes;
    bool truncates = false; // to `offset`
};

struct disk_file {
    std::string synced;  // what survives a power cut for certain
    std::string current; // what a reader sees
    std::vector<unsynced> changes;
    bool entered = false; // the directory entry is durable
    bool removed = false; // the removal of the entry is not durable yet

    // Locks of the connections, as SQLite's levels; and the shared memory of the WAL's index.
    int shared = 0;
    const void* reserved = nullptr;
    const void* exclusive = nullptr;
    std::vector<std::unique_ptr<std::array<char, 32768>>> memory;
    std::array<int, SQLITE_SHM_NLOCK> memory_shared{};
    std::array<const void*, SQLITE_SHM_NLOCK> memory_exclusive{};
};

class lossy_disk {
public:
    explicit lossy_disk(std::string name);
    ~lossy_disk();
    lossy_disk(const lossy_disk&) = delete;
    lossy_disk& operator=(const lossy_disk&) = delete;

    [[nodiscard]] const std::string& name() const { return name_; }

    // From the n-th write or sync on, nothing works any more.
    void die_after(std::uint32_t operations) { operations_to_death_ = operations; }
    // The n-th write or sync fails, once.
    void fail_after(std::uint32_t operations) { operations_to_failure_ = operations; }
    [[nodiscard]] bool dead() const { return dead_; }
    void die() { dead_ = true; }

    // After everything was closed. The process is gone; the machine went on.
    void restart();
    // After everything was closed. What was not synced survives in part, in any order, torn.
    void power_cut(std::uint64_t seed);

    // So many bytes may be added; none: as many as one likes.
    void limit_space(std::optional<std::uint64_t> bytes) { space_ = bytes; }
    [[nodiscard]] std::uint64_t free_space() const {
        return space_.value_or(std::uint64_t{1} << 40U);
    }

    // From now on files are opened for reading only.
    void protect() { writable_ = false; }
    [[nodiscard]] bool writable() const { return writable_; }

    // The bytes of a file as a reader sees them, to compare or to damage.
    [[nodiscard]] std::string& bytes_of(const std::string& path);

    // For the methods that SQLite calls.
    [[nodiscard]] bool allows_operation();
    [[nodiscard]] bool takes_space(std::uint64_t bytes);
    void sync_directory();
    std::map<std::string, std::shared_ptr<disk_file>> files;

private:
    std::string name_;
    sqlite3_vfs methods_{};
    bool dead_ = false;
    bool writable_ = true;
    std::uint32_t operations_to_death_ = 0; // 0: never
    std::uint32_t operations_to_failure_ = 0;
    std::optional<std::uint64_t> space_;
};

} // namespace tertulia::sim
