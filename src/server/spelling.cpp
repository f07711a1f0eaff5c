// SPDX-License-Identifier: Apache-2.0
#include "server/spelling.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace tertulia::server {
namespace {

// Levenshtein's: letters to insert, delete or replace.
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), 0U);
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j] + 1, diagonal + 1, replaced});
        }
    }
    return row.back();
}

} // namespace

std::optional<std::string_view> nearest(std::string_view written,
                                        std::span<const std::string_view> words) {
    const auto away = [written](std::string_view word) { return distance(written, word); };
    const auto best = std::ranges::min_element(words, {}, away);
    const std::size_t slips_max = std::max<std::size_t>(1, written.size() / 3);
    if (best == words.end() || away(*best) > slips_max) {
        return std::nullopt;
    }
    return *best;
}

} // namespace tertulia::server
