// SPDX-License-Identifier: Apache-2.0
// Pictures for tests: made here, so that what is in them is known.
#pragma once

#include "media/bitmap.hpp"
#include "media/codecs.hpp"

#include <cstdint>
#include <cstring>
#include <libheif/heif.h>
#include <string>
#include <string_view>

namespace tertulia::media::tests {

using namespace std::string_literals;
using namespace std::string_view_literals;

// Red in the left upper quarter, blue elsewhere.
inline bitmap corner(measure size) {
    bitmap made(size);
    for (std::uint32_t y = 0; y < size.height; ++y) {
        for (std::uint32_t x = 0; x < size.width; ++x) {
            const bool red = x < size.width / 2 && y < size.height / 2;
            const std::uint8_t pixel[] = {static_cast<std::uint8_t>(red ? 255 : 0), 0,
                                          static_cast<std::uint8_t>(red ? 0 : 255), 255};
            std::memcpy(&made.bytes[(std::size_t{y} * size.width + x) * 4], pixel, 4);
        }
    }
    return made;
}

// Where the red quarter is: "left upper", "right lower"…
inline std::string red_corner(const bitmap& of) {
    const auto red = [&](std::uint32_t x, std::uint32_t y) {
        return of.bytes[(std::size_t{y} * of.size.width + x) * 4] > 128;
    };
    const std::uint32_t right = of.size.width - 1 - of.size.width / 8;
    const std::uint32_t below = of.size.height - 1 - of.size.height / 8;
    const std::uint32_t left = of.size.width / 8;
    const std::uint32_t above = of.size.height / 8;
    return red(left, above)    ? "left upper"
           : red(right, above) ? "right upper"
           : red(left, below)  ? "left lower"
           : red(right, below) ? "right lower"
                               : "none";
}

// Exif with an orientation and, as a place would be, words that must not stay.
inline std::string exif(int orientation) {
    std::string made("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"sv);
    made += static_cast<char>(orientation);
    return made + std::string("\0\0\0\0\0\0"sv) + "47.3769N 8.5417E";
}

inline std::string with_exif(const std::string& jpeg, int orientation) {
    const std::string body = "Exif" + std::string("\0\0"sv) + exif(orientation);
    const std::size_t size = body.size() + 2;
    return jpeg.substr(0, 2) + "\xff\xe1" + static_cast<char>(size >> 8U) +
           static_cast<char>(size & 0xFFU) + body + jpeg.substr(2);
}

inline std::string jpeg_of(const bitmap& of) { return write_jpeg({of, {}}); }

inline std::string heic_of(const bitmap& of) {
    heif_context* const file = heif_context_alloc();
    heif_encoder* coder = nullptr;
    heif_image* image = nullptr;
    heif_context_get_encoder_for_format(file, heif_compression_HEVC, &coder);
    const int width = static_cast<int>(of.size.width);
    const int height = static_cast<int>(of.size.height);
    heif_image_create(width, height, heif_colorspace_RGB, heif_chroma_interleaved_RGBA, &image);
    heif_image_add_plane(image, heif_channel_interleaved, width, height, 8);
    int stride = 0;
    std::uint8_t* const rows = heif_image_get_plane(image, heif_channel_interleaved, &stride);
    for (std::size_t row = 0; row < of.size.height; ++row) {
        std::memcpy(rows + row * static_cast<unsigned>(stride), &of.bytes[row * of.size.width * 4],
                    std::size_t{of.size.width} * 4);
    }
    heif_context_encode_image(file, image, coder, nullptr, nullptr);
    std::string made;
    heif_writer writer{1, [](heif_context*, const void* bytes, std::size_t size, void* into) {
                           static_cast<std::string*>(into)->assign(static_cast<const char*>(bytes),
                                                                   size);
                           return heif_error{heif_error_Ok, heif_suberror_Unspecified, ""};
                       }};
    heif_context_write(file, &writer, &made);
    heif_image_release(image);
    heif_encoder_release(coder);
    heif_context_free(file);
    return made;
}

inline std::string box(std::string_view name, std::string_view body) {
    const std::size_t size = 8 + body.size();
    std::string made("\0\0"sv);
    made += static_cast<char>(size >> 8U);
    made += static_cast<char>(size & 0xFFU);
    return made.append(name).append(body);
}

// A HEIC whose only picture is said to be the same as itself (ISO/IEC 23008-12, 6.6.2.1).
inline std::string heic_of_itself() {
    const std::string handler = box("hdlr", "\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0"sv);
    const std::string primary = box("pitm", "\0\0\0\0\0\x01"sv);
    const std::string places =
        box("iloc", "\0\0\0\0\x44\0\0\x01\0\x01\0\0\0\x01\0\0\0\0\0\0\0\x08"sv);
    const std::string items =
        box("iinf", "\0\0\0\0\0\x01"s + box("infe", "\x02\0\0\0\0\x01\0\0iden\0"sv));
    const std::string made_of = box("iref", "\0\0\0\0"s + box("dimg", "\0\x01\0\x01\0\x01"sv));
    const std::string size = box("ipco", box("ispe", "\0\0\0\0\0\0\0\x40\0\0\0\x40"sv));
    const std::string whose = box("ipma", "\0\0\0\0\0\0\0\x01\0\x01\x01\x01"sv);
    return box("ftyp", "heic\0\0\0\0mif1heic"sv) +
           box("meta", "\0\0\0\0"s + handler + primary + places + items + made_of +
                           box("iprp", size + whose));
}

} // namespace tertulia::media::tests
