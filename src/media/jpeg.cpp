// SPDX-License-Identifier: Apache-2.0
// JPEG by libjpeg-turbo. It reports failures by a call that must not return: ours throws, through
// C code that has no frames to clean up, to the function that owns the codec.
#include "base/file_limits.hpp"
#include "media/codecs.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>
#include <memory>
#include <utility>

namespace tertulia::media {
namespace {

namespace limits = base::limits;
using namespace std::string_view_literals;

constexpr int quality = 90;
constexpr unsigned marker_size_max = 0xFFFF;

struct unreadable {};

[[noreturn]] void give_up(j_common_ptr /*codec*/) { throw unreadable{}; }
void say_nothing(j_common_ptr /*codec*/) {}

// A progressive picture may have any number of scans, each of which costs a pass over all of it.
void watch_scans(j_common_ptr codec) {
    const auto* const of = reinterpret_cast<j_decompress_ptr>(codec);
    if (codec->is_decompressor != FALSE && of->input_scan_number > limits::picture_scans_max) {
        throw unreadable{};
    }
}

struct reading {
    jpeg_decompress_struct codec{};
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};

    explicit reading(std::string_view bytes) {
        codec.err = jpeg_std_error(&errors);
        errors.error_exit = give_up;
        errors.output_message = say_nothing;
        jpeg_create_decompress(&codec);
        progress.progress_monitor = watch_scans;
        codec.progress = &progress;
        jpeg_mem_src(&codec, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
        jpeg_save_markers(&codec, JPEG_APP0 + 1, marker_size_max);
        jpeg_save_markers(&codec, JPEG_APP0 + 2, marker_size_max);
        try {
            jpeg_read_header(&codec, TRUE);
        } catch (...) {
            jpeg_destroy_decompress(&codec);
            throw;
        }
        if (!is_bearable({codec.image_width, codec.image_height})) {
            jpeg_destroy_decompress(&codec);
            throw unreadable{};
        }
    }
    ~reading() { jpeg_destroy_decompress(&codec); }
    reading(const reading&) = delete;
    reading& operator=(const reading&) = delete;

    std::string colours() {
        JOCTET* bytes = nullptr;
        unsigned size = 0;
        if (jpeg_read_icc_profile(&codec, &bytes, &size) == FALSE) {
            return {};
        }
        const std::unique_ptr<JOCTET, decltype(&std::free)> owned(bytes, &std::free);
        return size > limits::colour_profile_size_max
                   ? std::string()
                   : std::string(reinterpret_cast<const char*>(bytes), size);
    }
};

struct writing {
    jpeg_compress_struct codec{};
    jpeg_error_mgr errors{};
    unsigned char* bytes = nullptr;
    unsigned long size = 0;

    writing() {
        codec.err = jpeg_std_error(&errors);
        errors.error_exit = give_up;
        errors.output_message = say_nothing;
        jpeg_create_compress(&codec);
        jpeg_mem_dest(&codec, &bytes, &size);
    }
    ~writing() {
        jpeg_destroy_compress(&codec);
        const std::unique_ptr<unsigned char, decltype(&std::free)> owned(bytes, &std::free);
    }
    writing(const writing&) = delete;
    writing& operator=(const writing&) = delete;

    void add_colours(const std::string& profile) {
        if (!profile.empty()) {
            jpeg_write_icc_profile(&codec, reinterpret_cast<const JOCTET*>(profile.data()),
                                   static_cast<unsigned>(profile.size()));
        }
    }
    std::string finish() {
        jpeg_finish_compress(&codec);
        return {reinterpret_cast<const char*>(bytes), size};
    }
};

// Printers' colours, which Adobe stores inverted; without their profile only nearly right.
void from_four_inks(std::uint8_t* row, std::uint32_t width, bool inverted) {
    for (std::uint8_t* pixel = row; pixel < row + std::size_t{width} * 4; pixel += 4) {
        const unsigned black = inverted ? pixel[3] : 255U - pixel[3];
        for (int colour = 0; colour < 3; ++colour) {
            const unsigned ink = inverted ? pixel[colour] : 255U - pixel[colour];
            pixel[colour] = static_cast<std::uint8_t>(ink * black / 255);
        }
        pixel[3] = 255;
    }
}

pixels read_rows(jpeg_decompress_struct& codec, std::string colours) {
    const bool four_inks = codec.jpeg_color_space == JCS_CMYK || codec.jpeg_color_space == JCS_YCCK;
    codec.out_color_space = four_inks ? JCS_CMYK : JCS_EXT_RGBA;
    jpeg_start_decompress(&codec);
    pixels made{bitmap({codec.output_width, codec.output_height}), std::move(colours)};
    while (codec.output_scanline < codec.output_height) {
        std::uint8_t* row =
            &made.seen.bytes[std::size_t{codec.output_scanline} * codec.output_width * 4];
        if (jpeg_read_scanlines(&codec, &row, 1) == 1 && four_inks) {
            from_four_inks(row, codec.output_width, codec.saw_Adobe_marker != FALSE);
        }
    }
    jpeg_finish_decompress(&codec);
    return made;
}

} // namespace

std::optional<measure> measure_jpeg(std::string_view bytes) try {
    const reading of(bytes);
    return measure{of.codec.image_width, of.codec.image_height};
} catch (const unreadable&) {
    return std::nullopt;
}

std::string exif_of_jpeg(std::string_view bytes) try {
    const reading of(bytes);
    for (const auto* marker = of.codec.marker_list; marker != nullptr; marker = marker->next) {
        const std::string_view data(reinterpret_cast<const char*>(marker->data),
                                    marker->data_length);
        if (marker->marker == JPEG_APP0 + 1 && data.starts_with("Exif\0\0"sv)) {
            return std::string(data.substr(6));
        }
    }
    return {};
} catch (const unreadable&) {
    return {};
}

std::optional<pixels> read_jpeg(std::string_view bytes, std::uint32_t edge_wanted) try {
    reading of(bytes);
    const unsigned longer = std::max(of.codec.image_width, of.codec.image_height);
    of.codec.scale_denom = 1;
    while (edge_wanted != 0 && of.codec.scale_denom < 8 &&
           longer / (of.codec.scale_denom * 2) >= edge_wanted) {
        of.codec.scale_denom *= 2;
    }
    return read_rows(of.codec, of.colours());
} catch (const unreadable&) {
    return std::nullopt;
}

std::optional<std::string> clean_jpeg(std::string_view bytes) try {
    reading of(bytes);
    writing into;
    jvirt_barray_ptr* const blocks = jpeg_read_coefficients(&of.codec);
    jpeg_copy_critical_parameters(&of.codec, &into.codec);
    jpeg_write_coefficients(&into.codec, blocks);
    into.add_colours(of.colours());
    return into.finish();
} catch (const unreadable&) {
    return std::nullopt;
}

std::string write_jpeg(const pixels& of) try {
    writing into;
    into.codec.image_width = of.seen.size.width;
    into.codec.image_height = of.seen.size.height;
    into.codec.input_components = 4;
    into.codec.in_color_space = JCS_EXT_RGBX;
    jpeg_set_defaults(&into.codec);
    jpeg_set_quality(&into.codec, quality, TRUE);
    jpeg_start_compress(&into.codec, TRUE);
    into.add_colours(of.colours);
    while (into.codec.next_scanline < into.codec.image_height) {
        auto* row = const_cast<std::uint8_t*>( // the library only reads it
            &of.seen.bytes[std::size_t{into.codec.next_scanline} * of.seen.size.width * 4]);
        jpeg_write_scanlines(&into.codec, &row, 1);
    }
    return into.finish();
} catch (const unreadable&) {
    return {};
}

} // namespace tertulia::media
