// SPDX-License-Identifier: Apache-2.0
#include "media/picture.hpp"

#include "base/file_limits.hpp"
#include "media/blocks.hpp"
#include "media/exif.hpp"
#include "media/pictures.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

using namespace tertulia::media;
using namespace tertulia::media::tests;

namespace {

std::string chunk(std::string_view name, std::string_view body) {
    std::string made;
    for (int place = 3; place >= 0; --place) {
        made += static_cast<char>(body.size() >> static_cast<unsigned>(place * 8) & 0xFFU);
    }
    return made.append(name).append(body).append("\0\0\0\0"sv); // nobody reads its check sum
}

// After the signature and the header, where any chunk may stand.
std::string with_chunk(const std::string& png, std::string_view name, std::string_view body) {
    return png.substr(0, 33) + chunk(name, body) + png.substr(33);
}

constexpr std::string_view gif_of_two = "GIF89a\x02\0\x01\0\x80\0\0\0\0\0\xff\xff\xff"
                                        "!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
                                        "!\xfe\x09my street\0"
                                        "!\xff\x0bXMP DataXMP\x03gps\0"
                                        ",\0\0\0\0\x02\0\x01\0\0\x02\x02\x0c\x0a\0"
                                        ",\0\0\0\0\x02\0\x01\0\0\x02\x02\x0c\x0a\0;"sv;

} // namespace

TEST_CASE("a photograph is turned as its camera was held") {
    // Orientation -> where the left upper corner of what was stored is seen; and wide or high.
    const std::pair<int, std::string_view> truths[] = {
        {1, "left upper"}, {2, "right upper"}, {3, "right lower"}, {4, "left lower"},
        {5, "left upper"}, {6, "right upper"}, {7, "right lower"}, {8, "left lower"}};
    const std::string stored = jpeg_of(corner({64, 32}));
    for (const auto& [orientation, seen] : truths) {
        CAPTURE(orientation);
        const auto made = prepared(with_exif(stored, orientation));
        REQUIRE(made.has_value());
        CHECK(made->size == (orientation < 5 ? measure{64, 32} : measure{32, 64}));
        const auto read = read_jpeg(made->content, 0);
        REQUIRE(read.has_value());
        CHECK(read->seen.size == made->size);
        CHECK(red_corner(read->seen) == seen);
        const auto small = read_webp(made->thumbnail);
        REQUIRE(small.has_value());
        CHECK(red_corner(*small) == seen);
    }
}

TEST_CASE("nothing of where a photograph was taken stays") {
    const bitmap seen = corner({40, 40});
    const std::string exif_webp = "EXIF" + std::string("\x2a\0\0\0"sv) + exif(1);
    std::string webp = write_webp(seen, fidelity::photograph) + exif_webp;
    webp[4] = static_cast<char>(webp.size() - 8);
    webp[5] = static_cast<char>((webp.size() - 8) >> 8U);
    const std::string png = write_png(seen);
    for (const std::string& file :
         {with_exif(jpeg_of(seen), 1), with_exif(jpeg_of(seen), 6),
          with_chunk(png, "eXIf", exif(1)),
          with_chunk(png, "tEXt", "Comment\0at 47.3769N 8.5417E"sv), png + "47.3769N 8.5417E", webp,
          jpeg_of(seen) + "47.3769N 8.5417E"}) {
        REQUIRE(file.contains("47.3769N"));
        const auto made = prepared(file);
        REQUIRE(made.has_value());
        CHECK(made->as == kind_of(file));
        CHECK_FALSE(made->content.contains("47.3769N"));
        CHECK_FALSE(made->thumbnail.contains("47.3769N"));
        CHECK(made->size == measure{40, 40});
    }
}

TEST_CASE("a picture that lies right keeps its pixels bit for bit") {
    const bitmap seen = corner({33, 21});
    CHECK(prepared(write_png(seen))->content == write_png(seen));
    CHECK(prepared(write_webp(seen, fidelity::photograph))->content ==
          write_webp(seen, fidelity::photograph));
    const std::string jpeg = jpeg_of(seen);
    CHECK(read_jpeg(prepared(with_exif(jpeg, 1))->content, 0)->seen.bytes ==
          read_jpeg(jpeg, 0)->seen.bytes);
}

TEST_CASE("a PNG that lies on its side is written anew") {
    const auto made = prepared(with_chunk(write_png(corner({64, 32})), "eXIf", exif(6)));
    REQUIRE(made.has_value());
    CHECK(made->size == measure{32, 64});
    CHECK(red_corner(*read_png(made->content)) == "right upper");
}

TEST_CASE("a HEIC becomes a JPEG, which every browser shows") {
    const auto made = prepared(heic_of(corner({64, 64})));
    REQUIRE(made.has_value());
    CHECK(made->as == kind::jpeg);
    CHECK(made->size == measure{64, 64});
    CHECK(red_corner(read_jpeg(made->content, 0)->seen) == "left upper");
    CHECK(red_corner(*read_webp(made->thumbnail)) == "left upper");
}

TEST_CASE("a GIF keeps its motion and loses its comments") {
    const auto made = prepared(gif_of_two);
    REQUIRE(made.has_value());
    CHECK(made->as == kind::gif);
    CHECK(made->size == measure{2, 1});
    CHECK(made->content.contains("NETSCAPE2.0"));
    CHECK_FALSE(made->content.contains("my street"));
    CHECK_FALSE(made->content.contains("gps"));
    CHECK(made->content.ends_with(';'));
    CHECK(made->thumbnail.empty());
}

TEST_CASE("a thumbnail keeps the shape, and small pictures their size") {
    const auto wide = prepared(jpeg_of(corner({2'000, 500})));
    CHECK(measure_webp(wide->thumbnail) == measure{480, 120});
    const auto thin = prepared(write_png(corner({1, 4'000})));
    CHECK(measure_webp(thin->thumbnail) == measure{1, 480});
    CHECK(measure_webp(prepared(write_png(corner({7, 5})))->thumbnail) == measure{7, 5});
}

TEST_CASE("what cannot be read is no picture") {
    const std::string jpeg = jpeg_of(corner({64, 32}));
    const std::string png = write_png(corner({64, 32}));
    const std::string webp = write_webp(corner({64, 32}), fidelity::photograph);
    const std::string heic = heic_of(corner({64, 64}));
    std::string broken_png = png;
    broken_png[60] = static_cast<char>(broken_png[60] ^ 0x55);
    for (const std::string& file :
         {std::string(), std::string("\xff\xd8\xff"), jpeg.substr(0, 100), png.substr(0, 20),
          png.substr(0, png.size() - 12), broken_png, webp.substr(0, 40), heic.substr(0, 200),
          std::string("GIF89a"), std::string(gif_of_two.substr(0, 60)),
          std::string("RIFF\xff\xff\xff\xffWEBP"), std::string("<svg onload=alert(1)>"),
          png.substr(0, 8) + chunk("IHDR", std::string(13, '\xff'))}) {
        CAPTURE(file.size());
        CHECK_FALSE(prepared(file).has_value());
    }
}

TEST_CASE("a small file that unpacks to a huge picture is refused before memory is taken") {
    std::string png = write_png(corner({8, 8}));
    png.replace(16, 8, "\0\0\x3f\xff\0\0\x3f\xff"sv); // 16,383 pixels square
    CHECK_FALSE(prepared(png).has_value());
    std::string gif(gif_of_two);
    gif.replace(6, 4, "\xff\xff\xff\xff");
    CHECK_FALSE(prepared(gif).has_value());
    std::string jpeg = jpeg_of(corner({8, 8}));
    jpeg.replace(jpeg.find("\xff\xc0") + 5, 4, "\xff\xf0\xff\xf0");
    CHECK_FALSE(prepared(jpeg).has_value());
    CHECK_FALSE(is_bearable({0, 5}));
    CHECK_FALSE(is_bearable({16'383, 16'383}));
    CHECK(is_bearable({9'000, 7'000}));
}

TEST_CASE("an orientation is believed only where it makes sense") {
    CHECK(orientation_of(exif(8)) == 8);
    CHECK(orientation_of(
              std::string("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"sv)) == 6);
    for (const std::string_view odd : {""sv, "MM"sv, "MM\0*"sv, "II*\0\xff\xff\xff\xff"sv,
                                       "MM\0*\0\0\0\x04"sv, "MM\0*\0\0\0\x08\xff\xff\x01\x12"sv}) {
        CHECK(orientation_of(odd) == 1);
    }
    CHECK(orientation_of(exif(9)) == 1);
    CHECK(orientation_of(exif(0)) == 1);
}
