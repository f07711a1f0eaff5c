// SPDX-License-Identifier: Apache-2.0
#include "media/blocks.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace tertulia::media {
namespace {

using namespace std::string_view_literals;

// Takes pieces from the front of what is left. A piece that is not there whole spoils the rest.
class pieces {
public:
    explicit pieces(std::string_view of) : left_(of) {}

    std::string_view take(std::size_t size) {
        if (size > left_.size()) {
            broken_ = true;
            left_ = {};
            return {};
        }
        const std::string_view taken = left_.substr(0, size);
        left_.remove_prefix(size);
        return taken;
    }
    [[nodiscard]] std::string_view left() const { return left_; }
    [[nodiscard]] bool is_over() const { return left_.empty(); }
    [[nodiscard]] bool is_broken() const { return broken_; }

private:
    std::string_view left_;
    bool broken_ = false;
};

std::uint32_t byte_of(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}
std::uint32_t big_number(std::string_view bytes) {
    return byte_of(bytes, 0) << 24U | byte_of(bytes, 1) << 16U | byte_of(bytes, 2) << 8U |
           byte_of(bytes, 3);
}
std::uint32_t little_number(std::string_view bytes) {
    return byte_of(bytes, 3) << 24U | byte_of(bytes, 2) << 16U | byte_of(bytes, 1) << 8U |
           byte_of(bytes, 0);
}
std::string little_bytes(std::size_t number) {
    std::string made;
    for (unsigned place = 0; place < 4; ++place) {
        made += static_cast<char>(number >> (place * 8) & 0xFFU);
    }
    return made;
}

// PNG, third edition, 11 and 5.6: what is needed to see the picture, its colours, and its motion.
constexpr std::array png_kept{"IHDR"sv, "PLTE"sv, "tRNS"sv, "IDAT"sv, "IEND"sv, "gAMA"sv,
                              "cHRM"sv, "sRGB"sv, "iCCP"sv, "cICP"sv, "sBIT"sv, "bKGD"sv,
                              "pHYs"sv, "acTL"sv, "fcTL"sv, "fdAT"sv};
// WebP container specification, "Extended File Format".
constexpr std::array webp_kept{"VP8 "sv, "VP8L"sv, "VP8X"sv, "ICCP"sv,
                               "ANIM"sv, "ANMF"sv, "ALPH"sv};
constexpr unsigned char webp_exif_flag = 0x08;
constexpr unsigned char webp_xmp_flag = 0x04;
constexpr std::size_t webp_frame_head = 16;

bool holds(std::span<const std::string_view> list, std::string_view name) {
    return std::ranges::find(list, name) != list.end();
}

// The chunks of a WebP or of one of its frames. False where they do not fit.
bool clean_riff(std::string_view bytes, clean_blocks& into) {
    pieces of(bytes);
    while (!of.is_over()) {
        const std::string_view name = of.take(4);
        const std::uint32_t size = little_number(of.take(4));
        std::string body(of.take(size));
        if (size % 2 != 0 && !of.is_over()) {
            of.take(1);
        }
        if (of.is_broken()) {
            return false;
        }
        if (name == "EXIF") {
            const std::size_t head = body.starts_with("Exif\0\0"sv) ? 6 : 0;
            into.exif = body.substr(head);
        }
        if (!holds(webp_kept, name)) {
            continue;
        }
        if (name == "VP8X" && !body.empty()) {
            const auto flags = static_cast<unsigned char>(body[0]);
            body[0] = static_cast<char>(flags & ~(webp_exif_flag | webp_xmp_flag));
        } else if (name == "ANMF") {
            clean_blocks frame{body.substr(0, webp_frame_head), {}, false};
            if (body.size() < webp_frame_head ||
                !clean_riff(std::string_view(body).substr(webp_frame_head), frame)) {
                return false;
            }
            body = std::move(frame.content);
            into.animated = true;
        }
        into.content.append(name).append(little_bytes(body.size())).append(body);
        into.content.append(body.size() % 2, '\0');
    }
    return true;
}

// A GIF's data: blocks of up to 255 bytes, each with its size before it, and an empty one.
std::string_view take_sub_blocks(pieces& of) {
    const std::string_view from = of.left();
    while (!of.is_broken()) {
        const std::uint32_t size = byte_of(of.take(1), 0);
        of.take(size);
        if (size == 0) {
            break;
        }
    }
    return of.is_broken() ? std::string_view() : from.substr(0, from.size() - of.left().size());
}

std::size_t colour_table_size(std::uint32_t packed) {
    return (packed & 0x80U) != 0 ? std::size_t{3} << ((packed & 7U) + 1) : 0;
}

// GIF89a, 23 to 26: a comment goes, and what applications add, but for how often it is repeated.
void take_extension(pieces& of, std::string& into) {
    const std::string_view label = of.take(1);
    const std::string_view data = take_sub_blocks(of);
    const bool repeats = label == "\xff" && (data.starts_with("\x0bNETSCAPE2.0"sv) ||
                                             data.starts_with("\x0b"
                                                              "ANIMEXTS1.0"sv));
    if (label == "\xf9" || repeats) {
        into.append("!").append(label).append(data);
    }
}

void take_image(pieces& of, std::string& into) {
    const std::string_view head = of.take(9);
    const std::string_view table = of.take(colour_table_size(byte_of(head, 8)));
    const std::string_view bits = of.take(1);
    into.append(",").append(head).append(table).append(bits).append(take_sub_blocks(of));
}

} // namespace

std::optional<clean_blocks> clean_png(std::string_view bytes) {
    pieces of(bytes);
    clean_blocks made;
    made.content = of.take(8);
    while (!of.is_over()) {
        const std::string_view rest = of.left();
        const std::uint32_t size = big_number(of.take(4));
        const std::string_view name = of.take(4);
        const std::string_view body = of.take(size);
        of.take(4); // the check sum
        if (of.is_broken()) {
            return std::nullopt;
        }
        if (name == "eXIf") {
            made.exif = body;
        }
        made.animated |= name == "acTL";
        if (holds(png_kept, name)) {
            made.content += rest.substr(0, std::size_t{size} + 12);
        }
        if (name == "IEND") {
            return made;
        }
    }
    return std::nullopt;
}

std::optional<clean_blocks> clean_webp(std::string_view bytes) {
    pieces of(bytes);
    of.take(4);
    const std::uint32_t size = little_number(of.take(4));
    clean_blocks made;
    if (of.take(4) != "WEBP" || size < 4 ||
        !clean_riff(of.take(std::min<std::size_t>(size - 4, of.left().size())), made)) {
        return std::nullopt;
    }
    made.content.insert(0, "RIFF" + little_bytes(made.content.size() + 4) + "WEBP");
    return made;
}

std::optional<clean_blocks> clean_gif(std::string_view bytes) {
    pieces of(bytes);
    clean_blocks made;
    const std::string_view head = of.take(13);
    made.content.append(head).append(of.take(colour_table_size(byte_of(head, 10))));
    int images = 0;
    while (!of.is_broken()) {
        const std::string_view what = of.take(1);
        if (what == "!") {
            take_extension(of, made.content);
        } else if (what == ",") {
            take_image(of, made.content);
            ++images;
        } else if (what == ";" && images > 0) {
            made.content += ';';
            made.animated = images > 1;
            return made;
        } else {
            break;
        }
    }
    return std::nullopt;
}

} // namespace tertulia::media
