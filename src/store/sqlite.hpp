// SPDX-License-Identifier: Apache-2.0
// SQLite's handles with owners, and its errors as results. Not thread-safe: one connection, one
// thread.
#pragma once

#include "base/result.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tertulia::store {

struct connection_closer {
    void operator()(sqlite3* open) const { sqlite3_close_v2(open); }
};
using connection = std::unique_ptr<sqlite3, connection_closer>;

enum class access { read_only, read_write, create };

[[nodiscard]] base::result<connection> open_connection(const std::string& path,
                                                       const std::string& vfs, access how);

// One that cannot change anything.
[[nodiscard]] base::result<connection> open_reading_connection(const std::string& path,
                                                               const std::string& vfs);

// What SQLite says of the last failure, for the operator: which file, what, and what to do.
[[nodiscard]] base::error failure_of(sqlite3* on, std::string_view doing);

// One or more statements without results.
[[nodiscard]] base::result<void> execute(sqlite3* on, const std::string& sql);

// A prepared statement: bind by position from 1, step, read columns from 0, reset.
class statement {
public:
    statement() = default;
    [[nodiscard]] static base::result<statement> prepare(sqlite3* on, std::string_view sql);

    statement& bind(int position, std::int64_t number);
    statement& bind(int position, std::uint64_t number);
    // Bound by reference: the text stays as it is until the statement has run.
    statement& bind(int position, std::string_view text);
    statement& bind_bytes(int position, std::string_view bytes);

    // True: a row is there. False: done. Failure: reset already.
    [[nodiscard]] base::result<bool> step();
    // Runs to its end and resets.
    [[nodiscard]] base::result<void> run();
    void reset();

    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] std::string text(int column) const;

private:
    struct closer {
        void operator()(sqlite3_stmt* prepared) const { sqlite3_finalize(prepared); }
    };
    std::unique_ptr<sqlite3_stmt, closer> prepared_;
};

// The first column of the first row; 0 where there is none.
[[nodiscard]] base::result<std::int64_t> query_number(sqlite3* on, std::string_view sql);

} // namespace tertulia::store
