// SPDX-License-Identifier: Apache-2.0
#include "files/folder.hpp"

#include "crypto/digest.hpp"
#include "crypto/secret.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tertulia::files {
namespace {

namespace fs = std::filesystem;

opened open_at(const std::string& path, int how) {
    const int descriptor = open(path.c_str(), how | O_CLOEXEC, 0600);
    return descriptor >= 0 ? opened(handle(descriptor))
                           : std::unexpected(std::error_code(errno, std::generic_category()));
}

opened open_for_reading(const std::string& path) { return open_at(path, O_RDONLY | O_NOFOLLOW); }

bool sync_folder(const std::string& path) {
    const handle of(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return of.is_open() && fsync(of.get()) == 0;
}

} // namespace

handle::~handle() {
    if (descriptor_ >= 0) {
        close(descriptor_);
    }
}
handle::handle(handle&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
handle& handle::operator=(handle&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

bool write_whole(const handle& to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = write(to.get(), bytes.data(), bytes.size());
        if (put < 0 && errno != EINTR) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(put, 0)));
    }
    return true;
}

std::uint64_t size_of(const handle& of) {
    struct stat facts{};
    return of.is_open() && fstat(of.get(), &facts) == 0 ? static_cast<std::uint64_t>(facts.st_size)
                                                        : 0;
}

base::result<void> folder::prepare(const std::string& path) {
    std::error_code failed;
    fs::remove_all(path + "/incoming", failed);
    fs::create_directories(path + "/incoming", failed);
    if (failed) {
        return base::failure(
            fmt::format("The folder {} cannot be made: {}.", path, failed.message()));
    }
    fs::permissions(path, fs::perms::owner_all, failed);
    return {};
}

opened folder::make_incoming(std::string& path) const {
    path = path_ + "/incoming/" + crypto::to_hex(crypto::random_bytes(16));
    return open_at(path, O_RDWR | O_CREAT | O_EXCL);
}

void folder::drop_incoming(const std::string& path) { unlink(path.c_str()); }

std::string folder::path_of(const std::string& hash) const {
    return path_ + "/" + hash.substr(0, 2) + "/" + hash;
}

void folder::hold(const std::string& hash) {
    held_.with([&](std::multiset<std::string>& of) { of.insert(hash); });
}

void folder::release(const std::string& hash) {
    held_.with([&](std::multiset<std::string>& of) { of.erase(of.find(hash)); });
}

bool folder::place(const handle& incoming, const std::string& incoming_path,
                   const std::string& hash) {
    const std::string to = path_ + "/" + hash.substr(0, 2);
    std::error_code failed;
    const bool made = fs::create_directory(to, failed);
    return !failed && fsync(incoming.get()) == 0 &&
           std::rename(incoming_path.c_str(), path_of(hash).c_str()) == 0 && sync_folder(to) &&
           (!made || sync_folder(path_));
}

bool folder::place_thumbnail(std::string_view bytes, const std::string& hash) {
    std::string path;
    const opened made = make_incoming(path);
    if (made && write_whole(*made, bytes) && fsync(made->get()) == 0 &&
        std::rename(path.c_str(), (path_of(hash) + ".webp").c_str()) == 0) {
        return sync_folder(path_ + "/" + hash.substr(0, 2));
    }
    drop_incoming(path);
    return false;
}

void folder::remove(const std::string& hash, const std::function<bool()>& is_needed) {
    held_.with([&](const std::multiset<std::string>& of) {
        if (!of.contains(hash) && !is_needed()) {
            unlink(path_of(hash).c_str());
            unlink((path_of(hash) + ".webp").c_str());
        }
    });
}

opened folder::open_content(const std::string& hash) const {
    return open_for_reading(path_of(hash));
}
opened folder::open_thumbnail(const std::string& hash) const {
    return open_for_reading(path_of(hash) + ".webp");
}

std::vector<std::string> folder::hashes_in(std::uint8_t part) const {
    std::vector<std::string> made;
    std::error_code failed;
    for (fs::directory_iterator at(path_ + fmt::format("/{:02x}", part), failed), end;
         !failed && at != end; at.increment(failed)) {
        made.push_back(at->path().stem()); // a thumbnail's is its content's
    }
    std::ranges::sort(made);
    made.erase(std::ranges::unique(made).begin(), made.end());
    return made;
}

std::uint64_t folder::free_space() const {
    struct statvfs of{};
    if (statvfs(path_.c_str(), &of) != 0 || (of.f_flag & ST_RDONLY) != 0) {
        return 0;
    }
    return std::uint64_t{of.f_bavail} * of.f_frsize;
}

} // namespace tertulia::files
