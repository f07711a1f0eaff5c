// SPDX-License-Identifier: Apache-2.0
// Where the bytes of files are: `files/ab/ab12…` by the SHA-256 of their content, a thumbnail
// beside it, and `files/incoming` for those on their way. The same content is there once. Any
// thread.
#pragma once

#include "base/guarded.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace tertulia::files {

// An open file, closed when it goes.
class handle {
public:
    handle() = default;
    explicit handle(int descriptor) : descriptor_(descriptor) {}
    ~handle();
    handle(handle&& other) noexcept;
    handle& operator=(handle&& other) noexcept;

    [[nodiscard]] int get() const { return descriptor_; }
    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

private:
    int descriptor_ = -1;
};

// An open file, or why there is none: one that is not there is something else than a disk that
// cannot be read.
using opened = std::expected<handle, std::error_code>;

class folder {
public:
    // Makes what is missing, and empties `incoming`: what is there, nobody finished.
    [[nodiscard]] static base::result<void> prepare(const std::string& path);
    explicit folder(std::string path) : path_(std::move(path)) {}

    // A new file under `incoming`, for writing and reading.
    [[nodiscard]] opened make_incoming(std::string& path) const;
    static void drop_incoming(const std::string& path);

    // Durable when it returns true. Until release() nobody removes content of that hash.
    [[nodiscard]] bool place(const handle& incoming, const std::string& incoming_path,
                             const std::string& hash);
    [[nodiscard]] bool place_thumbnail(std::string_view bytes, const std::string& hash);
    void hold(const std::string& hash);
    void release(const std::string& hash);
    // Content and thumbnail, unless somebody is placing the same at this moment, or has: that is
    // asked while nobody can begin to.
    void remove(const std::string& hash, const std::function<bool()>& is_needed);

    [[nodiscard]] opened open_content(const std::string& hash) const;
    [[nodiscard]] opened open_thumbnail(const std::string& hash) const;
    // The hashes of what is in one of its 256 folders, whoever knows of it.
    [[nodiscard]] std::vector<std::string> hashes_in(std::uint8_t part) const;

    [[nodiscard]] std::uint64_t free_space() const;

private:
    [[nodiscard]] std::string path_of(const std::string& hash) const;

    std::string path_;
    base::guarded<std::multiset<std::string>> held_;
};

[[nodiscard]] bool write_whole(const handle& to, std::string_view bytes);
[[nodiscard]] std::uint64_t size_of(const handle& of);

} // namespace tertulia::files
