// SPDX-License-Identifier: Apache-2.0
#include "media/picture.hpp"

#include "base/file_limits.hpp"
#include "media/blocks.hpp"
#include "media/codecs.hpp"
#include "media/exif.hpp"

#include <utility>

namespace tertulia::media {
namespace {

namespace limits = base::limits;

std::string thumbnail_of(const bitmap& seen) {
    return write_webp(reduced(seen, limits::thumbnail_edge_max), fidelity::thumbnail);
}

std::optional<picture> whole(picture made) {
    return made.content.empty() ? std::nullopt : std::optional(std::move(made));
}

// A picture that was written down lying on its side has to be written anew; any other keeps its
// pixels bit for bit.
std::optional<picture> from_jpeg(std::string_view bytes) {
    const int orientation = orientation_of(exif_of_jpeg(bytes));
    if (orientation != 1) {
        auto read = read_jpeg(bytes, 0);
        if (!read) {
            return std::nullopt;
        }
        read->seen = turned(read->seen, orientation);
        return whole({kind::jpeg, read->seen.size, write_jpeg(*read), thumbnail_of(read->seen)});
    }
    const auto size = measure_jpeg(bytes);
    auto content = clean_jpeg(bytes);
    const auto small = read_jpeg(bytes, limits::thumbnail_edge_max);
    if (!size || !content || !small) {
        return std::nullopt;
    }
    return picture{kind::jpeg, *size, std::move(*content), thumbnail_of(small->seen)};
}

std::optional<picture> from_png(std::string_view bytes) {
    auto blocks = clean_png(bytes);
    auto seen = blocks ? read_png(bytes) : std::nullopt;
    if (!seen) {
        return std::nullopt;
    }
    const int orientation = orientation_of(blocks->exif);
    if (orientation == 1 || blocks->animated) {
        return picture{kind::png, seen->size, std::move(blocks->content), thumbnail_of(*seen)};
    }
    const bitmap upright = turned(*seen, orientation);
    return whole({kind::png, upright.size, write_png(upright), thumbnail_of(upright)});
}

std::optional<picture> from_webp(std::string_view bytes) {
    auto blocks = clean_webp(bytes);
    auto seen = blocks ? read_webp(bytes) : std::nullopt;
    if (!seen) {
        return std::nullopt;
    }
    const int orientation = orientation_of(blocks->exif);
    if (orientation == 1 || blocks->animated) {
        return picture{kind::webp, seen->size, std::move(blocks->content), thumbnail_of(*seen)};
    }
    const bitmap upright = turned(*seen, orientation);
    return whole({kind::webp, upright.size, write_webp(upright, fidelity::photograph),
                  thumbnail_of(upright)});
}

// Browsers know no HEIC, so everybody gets a JPEG.
std::optional<picture> from_heic(std::string_view bytes) {
    const auto read = read_heic(bytes);
    if (!read) {
        return std::nullopt;
    }
    return whole({kind::jpeg, read->seen.size, write_jpeg(*read), thumbnail_of(read->seen)});
}

// Its pixels are left to those who look at it.
std::optional<picture> from_gif(std::string_view bytes) {
    auto blocks = clean_gif(bytes);
    if (!blocks) {
        return std::nullopt;
    }
    const auto edge = [&](std::size_t at) {
        return static_cast<unsigned char>(bytes[at]) +
               (std::uint32_t{static_cast<unsigned char>(bytes[at + 1])} << 8U);
    };
    const measure size{edge(6), edge(8)};
    return is_bearable(size)
               ? std::optional(picture{kind::gif, size, std::move(blocks->content), {}})
               : std::nullopt;
}

} // namespace

std::optional<picture> prepared(std::string_view bytes) {
    switch (kind_of(bytes.substr(0, telling_bytes))) {
    case kind::jpeg: return from_jpeg(bytes);
    case kind::png: return from_png(bytes);
    case kind::webp: return from_webp(bytes);
    case kind::heic: return from_heic(bytes);
    case kind::gif: return from_gif(bytes);
    case kind::other: break;
    }
    return std::nullopt;
}

} // namespace tertulia::media
