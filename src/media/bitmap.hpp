// SPDX-License-Identifier: Apache-2.0
// A picture in memory, four bytes a pixel (red, green, blue, opacity), and what is done to it.
// Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tertulia::media {

struct measure {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    friend bool operator==(const measure&, const measure&) = default;
};

// May a picture of this size be read at all (file_limits.hpp)? What is asked before memory is
// taken.
[[nodiscard]] bool is_bearable(measure of);

struct bitmap {
    measure size;
    std::vector<std::uint8_t> bytes; // rows from above, without gaps

    explicit bitmap(measure of) : size(of), bytes(std::size_t{of.width} * of.height * 4) {}
};

// As it is to be seen, by the orientation that the camera wrote down: Exif 2.32, 4.6.4, from 1 (as
// it is) to 8.
[[nodiscard]] bitmap turned(const bitmap& of, int orientation);

// With its longer edge at most `edge_max`; each pixel is the mean of those that it stands for.
[[nodiscard]] bitmap reduced(const bitmap& of, std::uint32_t edge_max);

} // namespace tertulia::media
