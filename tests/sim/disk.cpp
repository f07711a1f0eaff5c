// SPDX-License-Identifier: Apache-2.0
// SQLite's file methods (https://sqlite.org/c3ref/io_methods.html) over the files in memory.
#include "sim/disk.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace tertulia::sim {
namespace {

constexpr std::uint64_t sector = 512;

// What SQLite allocates for an open file.
struct handle {
    sqlite3_file base;
    lossy_disk* disk;
    std::shared_ptr<disk_file> file;
    bool journal; // its first sync makes the directory durable, as SQLite's Unix VFS does
    int lock;
};

handle& of(sqlite3_file* file) { return *reinterpret_cast<handle*>(file); }

int close_file(sqlite3_file* file) {
    of(file).~handle();
    return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* into, int count, sqlite3_int64 at) {
    handle& open = of(file);
    if (open.disk->dead()) {
        return SQLITE_IOERR_READ;
    }
    const std::string& bytes = open.file->current;
    const auto from = std::min(static_cast<std::size_t>(at), bytes.size());
    const auto there = std::min(static_cast<std::size_t>(count), bytes.size() - from);
    std::memcpy(into, bytes.data() + from, there);
    std::memset(static_cast<char*>(into) + there, 0, static_cast<std::size_t>(count) - there);
    return there == static_cast<std::size_t>(count) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

void put(std::string& bytes, std::uint64_t at, std::string_view what) {
    bytes.resize(std::max<std::size_t>(bytes.size(), at + what.size()));
    bytes.replace(at, what.size(), what);
}

void apply(const unsynced& change, std::string& bytes) {
    if (change.truncates) {
        bytes.resize(change.offset);
    } else {
        put(bytes, change.offset, change.bytes);
    }
}

int write_file(sqlite3_file* file, const void* from, int count, sqlite3_int64 at) {
    handle& open = of(file);
    const std::string_view what(static_cast<const char*>(from), static_cast<std::size_t>(count));
    const auto offset = static_cast<std::uint64_t>(at);
    const std::uint64_t end = offset + what.size();
    const std::uint64_t size = open.file->current.size();
    if (!open.disk->allows_operation()) {
        return SQLITE_IOERR_WRITE;
    }
    if (end > size && !open.disk->takes_space(end - size)) {
        return SQLITE_FULL;
    }
    put(open.file->current, offset, what);
    open.file->changes.push_back({offset, std::string(what)});
    return SQLITE_OK;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    handle& open = of(file);
    if (!open.disk->allows_operation()) {
        return SQLITE_IOERR_TRUNCATE;
    }
    open.file->current.resize(static_cast<std::size_t>(size));
    open.file->changes.push_back({static_cast<std::uint64_t>(size), {}, true});
    return SQLITE_OK;
}

int sync_file(sqlite3_file* file, int /*flags*/) {
    handle& open = of(file);
    disk_file& on = *open.file;
    if (!open.disk->allows_operation()) {
        if (!open.disk->dead()) {
            on.changes.clear(); // read as if written, and never written again: as Linux does it
        }
        return SQLITE_IOERR_FSYNC;
    }
    std::ranges::for_each(on.changes, [&](const unsynced& one) { apply(one, on.synced); });
    on.changes.clear();
    if (std::exchange(open.journal, false)) {
        open.disk->sync_directory();
    }
    return SQLITE_OK;
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(of(file).file->current.size());
    return SQLITE_OK;
}

// SHARED, RESERVED, PENDING, EXCLUSIVE (https://sqlite.org/lockingv3.html), without PENDING: nobody
// waits here.
int lock_file(sqlite3_file* file, int level) {
    handle& open = of(file);
    disk_file& on = *open.file;
    if (open.lock >= level) {
        return SQLITE_OK;
    }
    if (on.exclusive != nullptr && on.exclusive != file) {
        return SQLITE_BUSY;
    }
    if (level >= SQLITE_LOCK_RESERVED && on.reserved != nullptr && on.reserved != file) {
        return SQLITE_BUSY;
    }
    if (level == SQLITE_LOCK_EXCLUSIVE && on.shared > (open.lock >= SQLITE_LOCK_SHARED ? 1 : 0)) {
        return SQLITE_BUSY;
    }
    on.shared += open.lock == SQLITE_LOCK_NONE ? 1 : 0;
    on.reserved = level >= SQLITE_LOCK_RESERVED ? file : on.reserved;
    on.exclusive = level == SQLITE_LOCK_EXCLUSIVE ? file : on.exclusive;
    open.lock = level;
    return SQLITE_OK;
}

int unlock_file(sqlite3_file* file, int level) {
    handle& open = of(file);
    disk_file& on = *open.file;
    if (open.lock <= level) {
        return SQLITE_OK;
    }
    on.reserved = on.reserved == file ? nullptr : on.reserved;
    on.exclusive = on.exclusive == file ? nullptr : on.exclusive;
    on.shared -= level == SQLITE_LOCK_NONE ? 1 : 0;
    open.lock = level;
    return SQLITE_OK;
}

int reserved_lock(sqlite3_file* file, int* held) {
    *held = of(file).file->reserved != nullptr ? 1 : 0;
    return SQLITE_OK;
}

int control(sqlite3_file* /*file*/, int /*operation*/, void* /*argument*/) {
    return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file* /*file*/) { return static_cast<int>(sector); }
int characteristics(sqlite3_file* /*file*/) { return 0; }

int map_memory(sqlite3_file* file, int region, int size, int extend, volatile void** at) {
    auto& memory = of(file).file->memory;
    const auto index = static_cast<std::size_t>(region);
    if (size > static_cast<int>(sizeof(std::array<char, 32768>))) {
        return SQLITE_IOERR_SHMMAP;
    }
    while (extend != 0 && memory.size() <= index) {
        memory.push_back(std::make_unique<std::array<char, 32768>>());
    }
    *at = index < memory.size() ? memory[index]->data() : nullptr;
    return SQLITE_OK;
}

int lock_memory(sqlite3_file* file, int offset, int count, int flags) {
    disk_file& on = *of(file).file;
    for (auto i = static_cast<std::size_t>(offset); i < static_cast<std::size_t>(offset + count);
         ++i) {
        const bool others_exclusive =
            on.memory_exclusive[i] != nullptr && on.memory_exclusive[i] != file;
        const bool blocked =
            others_exclusive || ((flags & SQLITE_SHM_EXCLUSIVE) != 0 && on.memory_shared[i] > 0);
        if ((flags & SQLITE_SHM_LOCK) != 0 && blocked) {
            return SQLITE_BUSY;
        }
    }
    for (auto i = static_cast<std::size_t>(offset); i < static_cast<std::size_t>(offset + count);
         ++i) {
        const bool locks = (flags & SQLITE_SHM_LOCK) != 0;
        if ((flags & SQLITE_SHM_SHARED) != 0) {
            on.memory_shared[i] += locks ? 1 : -1;
        } else {
            on.memory_exclusive[i] = locks ? file : nullptr;
        }
    }
    return SQLITE_OK;
}

void memory_barrier(sqlite3_file* /*file*/) {}

int unmap_memory(sqlite3_file* file, int remove) {
    if (remove != 0) {
        of(file).file->memory.clear();
    }
    return SQLITE_OK;
}

constexpr sqlite3_io_methods file_methods{2,
                                          close_file,
                                          read_file,
                                          write_file,
                                          truncate_file,
                                          sync_file,
                                          size_of_file,
                                          lock_file,
                                          unlock_file,
                                          reserved_lock,
                                          control,
                                          sector_size,
                                          characteristics,
                                          map_memory,
                                          lock_memory,
                                          memory_barrier,
                                          unmap_memory,
                                          nullptr,
                                          nullptr};

lossy_disk& disk_of(sqlite3_vfs* methods) { return *static_cast<lossy_disk*>(methods->pAppData); }

int open_file(sqlite3_vfs* methods, const char* path, sqlite3_file* into, int flags, int* out) {
    lossy_disk& disk = disk_of(methods);
    into->pMethods = nullptr;
    if (disk.dead() || path == nullptr) {
        return SQLITE_CANTOPEN;
    }
    if (!disk.writable()) {
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    }
    auto found = disk.files.find(path);
    const bool there = found != disk.files.end() && !found->second->removed;
    if (!there && (flags & SQLITE_OPEN_CREATE) == 0) {
        return SQLITE_CANTOPEN;
    }
    if (!there) {
        found = disk.files.insert_or_assign(path, std::make_shared<disk_file>()).first;
    }
    const bool journal =
        (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL)) != 0;
    const bool creating = (flags & SQLITE_OPEN_CREATE) != 0;
    new (into) handle{{&file_methods}, &disk, found->second, journal && creating, SQLITE_LOCK_NONE};
    if (out != nullptr) {
        *out = flags;
    }
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* methods, const char* path, int sync) {
    lossy_disk& disk = disk_of(methods);
    const auto found = disk.files.find(path);
    if (!disk.allows_operation()) {
        return SQLITE_IOERR_DELETE;
    }
    if (found == disk.files.end() || found->second->removed) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    found->second->removed = true;
    if (sync != 0) {
        disk.sync_directory();
    }
    return SQLITE_OK;
}

int access_file(sqlite3_vfs* methods, const char* path, int /*flags*/, int* there) {
    lossy_disk& disk = disk_of(methods);
    const auto found = disk.files.find(path);
    *there = found != disk.files.end() && !found->second->removed ? 1 : 0;
    return disk.dead() ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

int full_path(sqlite3_vfs* /*methods*/, const char* path, int size, char* into) {
    sqlite3_snprintf(size, into, "%s", path);
    return SQLITE_OK;
}

} // namespace

lossy_disk::lossy_disk(std::string name) : name_(std::move(name)) {
    methods_ = *sqlite3_vfs_find(nullptr); // its clock and randomness serve us too
    methods_.iVersion = 1;
    methods_.szOsFile = sizeof(handle);
    methods_.pNext = nullptr;
    methods_.zName = name_.c_str();
    methods_.pAppData = this;
    methods_.xOpen = open_file;
    methods_.xDelete = delete_file;
    methods_.xAccess = access_file;
    methods_.xFullPathname = full_path;
    sqlite3_vfs_register(&methods_, 0);
}

lossy_disk::~lossy_disk() { sqlite3_vfs_unregister(&methods_); }

bool lossy_disk::allows_operation() {
    if (operations_to_death_ > 0 && --operations_to_death_ == 0) {
        dead_ = true;
    }
    const bool fails = operations_to_failure_ > 0 && --operations_to_failure_ == 0;
    return !dead_ && !fails;
}

bool lossy_disk::takes_space(std::uint64_t bytes) {
    if (space_ && *space_ < bytes) {
        return false;
    }
    if (space_) {
        *space_ -= bytes;
    }
    return true;
}

void lossy_disk::sync_directory() {
    std::erase_if(files, [](const auto& one) { return one.second->removed; });
    for (auto& [path, file] : files) {
        file->entered = true;
    }
}

std::string& lossy_disk::bytes_of(const std::string& path) { return files.at(path)->current; }

void lossy_disk::restart() {
    dead_ = false;
    operations_to_death_ = 0;
    operations_to_failure_ = 0;
    std::erase_if(files, [](const auto& one) { return one.second->removed; });
    for (auto& [path, file] : files) {
        file->shared = 0;
        file->reserved = nullptr;
        file->exclusive = nullptr;
        file->memory.clear();
        file->memory_shared = {};
        file->memory_exclusive = {};
    }
}

namespace {

// Any subset of the changes may have reached the disk, and of a write any subset of its sectors.
std::string survivors(const disk_file& of, dice& chance) {
    std::string kept = of.synced;
    for (const unsynced& one : of.changes) {
        if (one.truncates) {
            if (chance.one_in(2)) {
                kept.resize(one.offset);
            }
            continue;
        }
        const bool whole = chance.one_in(2);
        for (std::uint64_t at = 0; at < one.bytes.size();) {
            const std::uint64_t place = one.offset + at;
            const std::uint64_t size =
                std::min<std::uint64_t>(sector - place % sector, one.bytes.size() - at);
            if (whole || chance.one_in(2)) {
                put(kept, place, std::string_view(one.bytes).substr(at, size));
            }
            at += size;
        }
    }
    return kept;
}

} // namespace

void lossy_disk::power_cut(std::uint64_t seed) {
    dice chance(seed);
    std::erase_if(files, [&](const auto& one) {
        const disk_file& file = *one.second;
        const bool entry_lost = !file.entered && chance.one_in(2);
        const bool removal_kept = file.removed && chance.one_in(2);
        return entry_lost || removal_kept;
    });
    for (auto& [path, file] : files) {
        file->current = survivors(*file, chance);
        file->synced = file->current;
        file->changes.clear();
        file->entered = true;
        file->removed = false;
    }
    restart();
}

} // namespace tertulia::sim
