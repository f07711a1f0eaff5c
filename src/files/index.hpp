// SPDX-License-Identifier: Apache-2.0
// What is known of each file, in a database of its own (files.db): so no upload ever waits for a
// commit of messages, nor a commit for an upload. Which messages have a file's link is in the
// messages' database, written with them. One thread at a time.
#pragma once

#include "base/result.hpp"
#include "session/files.hpp"
#include "store/sqlite.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::files {

struct kept_file {
    session::file_facts facts; // its tag is the content's hash
    chat::person_id owner;     // 0: a guest
    std::uint64_t address = 0; // of a guest
    std::uint64_t room = 0;    // bytes that it counts for: never few, with its thumbnail
};

class index {
public:
    // Makes the database where it is missing. Once, before any other.
    [[nodiscard]] static base::result<void> prepare(const std::string& path);
    [[nodiscard]] static base::result<index> open(const std::string& path);

    // Durable when it returns.
    [[nodiscard]] base::result<void> add(const kept_file& file);
    [[nodiscard]] base::result<std::optional<kept_file>> find(std::string_view id);
    // Bytes: of an account, of the guests at an address, of all, of all guests and of the accounts
    // that are behind `last`. Sums that are kept, so that no upload waits for a count.
    [[nodiscard]] base::result<std::uint64_t> used_by(chat::person_id owner, std::uint64_t address);
    [[nodiscard]] base::result<std::uint64_t> used();
    [[nodiscard]] base::result<std::uint64_t> used_behind(chat::person_id last);

    // In the order of ids, behind `after`; for the one who collects what nobody needs.
    [[nodiscard]] base::result<std::vector<kept_file>> some_after(std::string_view after,
                                                                  std::uint32_t count);
    // At most so many of an account, or of the guests at an address.
    [[nodiscard]] base::result<std::vector<kept_file>>
    some_of(chat::person_id owner, std::uint64_t address, std::uint32_t count);
    [[nodiscard]] base::result<std::vector<kept_file>> of_owner(chat::person_id owner);
    // All or none, with one wait for the disk.
    [[nodiscard]] base::result<void> remove(const std::vector<kept_file>& which);
    [[nodiscard]] base::result<bool> has_content(std::string_view hash);

private:
    explicit index(store::connection on) : on_(std::move(on)) {}
    [[nodiscard]] base::result<std::vector<kept_file>>
    read(std::string_view condition, std::string_view value, std::uint32_t count);
    [[nodiscard]] base::result<std::uint64_t> sum(const std::string& query);

    store::connection on_;
};

} // namespace tertulia::files
