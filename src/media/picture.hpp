// SPDX-License-Identifier: Apache-2.0
// What becomes of a picture that somebody hands in: it is turned upright, what it tells beside what
// one sees (the place where it was taken, above all) is gone, and a small one is made for lists.
// Runs in the child process alone (worker.hpp), for the libraries that it calls.
#pragma once

#include "media/bitmap.hpp"
#include "media/kind.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::media {

struct picture {
    kind as = kind::other; // a HEIC becomes a JPEG
    measure size;
    std::string content;
    std::string thumbnail; // a WebP; empty for a GIF, which stands for itself
};

// Nothing where it cannot be read, or is larger than we bear.
[[nodiscard]] std::optional<picture> prepared(std::string_view bytes);

} // namespace tertulia::media
