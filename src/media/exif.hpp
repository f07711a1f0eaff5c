// SPDX-License-Identifier: Apache-2.0
// The one thing of a photograph's Exif data that we want to know. Pure.
#pragma once

#include <string_view>

namespace tertulia::media {

// From the TIFF header on ("II*\0" or "MM\0*"): how the picture is to be turned, 1 to 8; 1 where
// nothing that can be understood says so.
[[nodiscard]] int orientation_of(std::string_view exif);

} // namespace tertulia::media
