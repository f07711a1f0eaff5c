// SPDX-License-Identifier: Apache-2.0
// A long answer as a listing: lines written one at a time by a function, a slice at a time.
#pragma once

#include "session/protocol.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace tertulia::irc {

// Appends the next line with its CR LF, or nothing, when what it looked at is not to be told;
// returns false when there is none any more.
using row_writer = std::function<bool(std::string& out)>;

class rows final : public tertulia::session::listing {
public:
    explicit rows(row_writer write) : write_(std::move(write)) {}

    bool next(std::string& out) override {
        constexpr std::size_t slice_size = 4'096;
        constexpr int rows_per_slice_max = 100; // what is not told takes time as well
        const std::size_t end = out.size() + slice_size;
        for (int row = 0; row < rows_per_slice_max && out.size() < end; ++row) {
            if (!write_(out)) {
                return false;
            }
        }
        return true;
    }

private:
    row_writer write_;
};

[[nodiscard]] inline std::unique_ptr<tertulia::session::listing> make_rows(row_writer write) {
    return std::make_unique<rows>(std::move(write));
}

} // namespace tertulia::irc
