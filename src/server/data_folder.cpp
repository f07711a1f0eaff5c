// SPDX-License-Identifier: Apache-2.0
#include "server/data_folder.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tertulia::server {
namespace {

namespace files = std::filesystem;
using base::failure;
using base::result;

std::string last_error() { return std::generic_category().message(errno); }

result<void> make(const std::string& path) {
    std::error_code fault;
    if (files::is_directory(path, fault)) {
        return {};
    }
    if (files::create_directories(path, fault)) {
        files::permissions(path, files::perms::owner_all, fault);
    }
    if (fault || !files::is_directory(path)) {
        return failure(fmt::format("The data folder {} cannot be made: {}.", path,
                                   fault ? fault.message() : "something else has this name"));
    }
    return {};
}

} // namespace

result<data_folder> data_folder::open(const std::string& path) {
    if (const result<void> made = make(path); !made) {
        return std::unexpected(made.error());
    }
    const std::string name = path + "/lock";
    const int lock = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) {
        return failure(
            fmt::format("The data folder {} cannot be written: {}.", path, last_error()));
    }
    data_folder held(path, lock);
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        return failure(errno == EWOULDBLOCK
                           ? fmt::format("The data folder {} is held by another server.", path)
                           : fmt::format("{} cannot be locked: {}.", name, last_error()));
    }
    return held;
}

data_folder::data_folder(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}

data_folder::data_folder(data_folder&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

data_folder::~data_folder() {
    if (lock_ >= 0) {
        ::close(lock_);
    }
}

std::string data_folder::file(std::string_view name) const {
    return fmt::format("{}/{}", path_, name);
}

} // namespace tertulia::server
