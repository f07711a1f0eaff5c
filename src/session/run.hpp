// SPDX-License-Identifier: Apache-2.0
// What a room says in one turn of a network thread's loop, rendered once and shared by all who hear
// it the same way. A run only grows, and only until its turn ends; hearers hold (run, from, to).
// Everything here lives on one network thread: the counts of references are not atomic.
#pragma once

#include <boost/smart_ptr/local_shared_ptr.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::session {

// The bytes of all runs of a thread that are still held by somebody.
struct run_ledger {
    std::size_t pinned = 0;
};

class run {
public:
    explicit run(run_ledger& ledger) : ledger_(ledger) {}
    ~run() { ledger_.pinned -= counted_; }
    run(const run&) = delete;
    run& operator=(const run&) = delete;

    void append(std::string_view rendered) {
        bytes_.append(rendered);
        ledger_.pinned += rendered.size();
        counted_ += rendered.size();
    }
    [[nodiscard]] std::string_view bytes() const { return bytes_; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(bytes_.size()); }

private:
    run_ledger& ledger_;
    std::string bytes_;
    std::size_t counted_ = 0;
};
using run_ref = boost::local_shared_ptr<run>;

struct slice {
    boost::local_shared_ptr<const run> of;
    std::uint32_t from = 0;
    std::uint32_t to = 0;

    [[nodiscard]] std::string_view bytes() const { return of->bytes().substr(from, to - from); }
};

} // namespace tertulia::session
