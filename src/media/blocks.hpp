// SPDX-License-Identifier: Apache-2.0
// Pictures as the sequences of blocks that they are stored as: what tells of a photograph's place,
// camera and author is left out, and whatever stands behind the picture's end; what one sees stays
// bit for bit. Reads no pixels. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::media {

struct clean_blocks {
    std::string content;
    std::string exif;      // as it stood there, from the TIFF header on
    bool animated = false; // several pictures one after the other
};

// Nothing where the blocks do not fit together.
[[nodiscard]] std::optional<clean_blocks> clean_png(std::string_view bytes);
[[nodiscard]] std::optional<clean_blocks> clean_webp(std::string_view bytes);
[[nodiscard]] std::optional<clean_blocks> clean_gif(std::string_view bytes);

} // namespace tertulia::media
