// SPDX-License-Identifier: Apache-2.0
#include "media/bitmap.hpp"

#include "base/file_limits.hpp"

#include <algorithm>
#include <cstring>

namespace tertulia::media {
namespace {

namespace limits = base::limits;

// Of the picture's pixels from (left, top) to before (right, bottom). What cannot be seen has no
// say in the colour.
struct window {
    std::uint32_t left, top, right, bottom;
};

void write_mean(const bitmap& of, window over, std::uint8_t* into) {
    std::uint64_t colours[3] = {0, 0, 0};
    std::uint64_t opacity = 0;
    for (std::uint32_t y = over.top; y < over.bottom; ++y) {
        const std::uint8_t* pixel = &of.bytes[(std::size_t{y} * of.size.width + over.left) * 4];
        for (std::uint32_t x = over.left; x < over.right; ++x, pixel += 4) {
            for (int colour = 0; colour < 3; ++colour) {
                colours[colour] += std::uint64_t{pixel[colour]} * pixel[3];
            }
            opacity += pixel[3];
        }
    }
    const std::uint64_t count = std::uint64_t{over.right - over.left} * (over.bottom - over.top);
    for (int colour = 0; colour < 3; ++colour) {
        into[colour] =
            static_cast<std::uint8_t>(opacity == 0 ? 0 : (colours[colour] + opacity / 2) / opacity);
    }
    into[3] = static_cast<std::uint8_t>((opacity + count / 2) / count);
}

std::uint32_t share(std::uint32_t of, std::uint64_t part, std::uint64_t whole) {
    return static_cast<std::uint32_t>(of * part / whole);
}

} // namespace

bool is_bearable(measure of) {
    return of.width > 0 && of.height > 0 && of.width <= limits::picture_edge_max &&
           of.height <= limits::picture_edge_max &&
           std::uint64_t{of.width} * of.height <= limits::picture_pixels_max;
}

bitmap turned(const bitmap& of, int orientation) {
    const bool on_its_side = orientation >= 5;
    const bool from_right = orientation == 2 || orientation == 3 || orientation >= 7;
    const bool from_below =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    const auto [width, height] = of.size;
    bitmap made(on_its_side ? measure{height, width} : of.size);
    std::uint8_t* into = made.bytes.data();
    for (std::uint32_t y = 0; y < made.size.height; ++y) {
        for (std::uint32_t x = 0; x < made.size.width; ++x, into += 4) {
            const std::uint32_t across = on_its_side ? y : x;
            const std::uint32_t down = on_its_side ? x : y;
            const std::size_t column = from_right ? width - 1 - across : across;
            const std::size_t row = from_below ? height - 1 - down : down;
            std::memcpy(into, &of.bytes[(row * width + column) * 4], 4);
        }
    }
    return made;
}

bitmap reduced(const bitmap& of, std::uint32_t edge_max) {
    const auto [width, height] = of.size;
    const std::uint32_t longer = std::max(width, height);
    if (longer <= edge_max) {
        return of;
    }
    const auto shorter = [&](std::uint32_t edge) {
        return std::max(1U, share(edge, edge_max, longer));
    };
    bitmap made({shorter(width), shorter(height)});
    std::uint8_t* into = made.bytes.data();
    for (std::uint32_t y = 0; y < made.size.height; ++y) {
        for (std::uint32_t x = 0; x < made.size.width; ++x, into += 4) {
            write_mean(of,
                       {share(width, x, made.size.width), share(height, y, made.size.height),
                        share(width, x + 1ULL, made.size.width),
                        share(height, y + 1ULL, made.size.height)},
                       into);
        }
    }
    return made;
}

} // namespace tertulia::media
