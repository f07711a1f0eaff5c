// SPDX-License-Identifier: Apache-2.0
// The libraries that know how pictures are coded, one file each. They have had many holes, so all
// this runs in the child process alone (worker.hpp). Nothing where a picture cannot be read or is
// larger than we bear.
#pragma once

#include "media/bitmap.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::media {

struct pixels {
    bitmap seen;
    std::string colours; // an ICC profile; empty: none
};

[[nodiscard]] std::optional<measure> measure_jpeg(std::string_view bytes);
// The Exif data, from the TIFF header on.
[[nodiscard]] std::string exif_of_jpeg(std::string_view bytes);
// Not smaller than `edge_wanted` in its longer edge, where it is larger: an eighth is read in an
// eighth of the time. 0: as it is.
[[nodiscard]] std::optional<pixels> read_jpeg(std::string_view bytes, std::uint32_t edge_wanted);
// The same picture, with no loss, without anything but its colour profile.
[[nodiscard]] std::optional<std::string> clean_jpeg(std::string_view bytes);
[[nodiscard]] std::string write_jpeg(const pixels& of);

[[nodiscard]] std::optional<measure> measure_png(std::string_view bytes);
[[nodiscard]] std::optional<bitmap> read_png(std::string_view bytes);
[[nodiscard]] std::string write_png(const bitmap& of);

[[nodiscard]] std::optional<measure> measure_webp(std::string_view bytes);
// Of an animation, the first picture.
[[nodiscard]] std::optional<bitmap> read_webp(std::string_view bytes);
enum class fidelity { thumbnail, photograph };
[[nodiscard]] std::string write_webp(const bitmap& of, fidelity how);

// As it is to be seen: HEIF's own turning has been done.
[[nodiscard]] std::optional<pixels> read_heic(std::string_view bytes);

} // namespace tertulia::media
