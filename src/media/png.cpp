// SPDX-License-Identifier: Apache-2.0
// PNG by libpng's simplified interface, which has no jumps.
#include "media/codecs.hpp"

#include <png.h>

namespace tertulia::media {
namespace {

struct png {
    png_image of{};
    png() { of.version = PNG_IMAGE_VERSION; }
    ~png() { png_image_free(&of); }
    png(const png&) = delete;
    png& operator=(const png&) = delete;

    bool begin(std::string_view bytes) {
        return png_image_begin_read_from_memory(&of, bytes.data(), bytes.size()) != 0 &&
               is_bearable({of.width, of.height});
    }
};

} // namespace

std::optional<measure> measure_png(std::string_view bytes) {
    png reading;
    if (!reading.begin(bytes)) {
        return std::nullopt;
    }
    return measure{reading.of.width, reading.of.height};
}

std::optional<bitmap> read_png(std::string_view bytes) {
    png reading;
    if (!reading.begin(bytes)) {
        return std::nullopt;
    }
    reading.of.format = PNG_FORMAT_RGBA;
    bitmap made({reading.of.width, reading.of.height});
    if (png_image_finish_read(&reading.of, nullptr, made.bytes.data(), 0, nullptr) == 0) {
        return std::nullopt;
    }
    return made;
}

std::string write_png(const bitmap& of) {
    png writing;
    writing.of.width = of.size.width;
    writing.of.height = of.size.height;
    writing.of.format = PNG_FORMAT_RGBA;
    png_alloc_size_t size = 0;
    if (png_image_write_to_memory(&writing.of, nullptr, &size, 0, of.bytes.data(), 0, nullptr) ==
        0) {
        return {};
    }
    std::string made(size, '\0');
    if (png_image_write_to_memory(&writing.of, made.data(), &size, 0, of.bytes.data(), 0,
                                  nullptr) == 0) {
        return {};
    }
    return made;
}

} // namespace tertulia::media
