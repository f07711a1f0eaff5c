// SPDX-License-Identifier: Apache-2.0
#include "media/kind.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace tertulia::media;
using namespace std::string_view_literals;

TEST_CASE("what a file is shows in its first bytes, whatever its name says") {
    const std::pair<std::string_view, kind> truths[] = {
        {"\xff\xd8\xff\xe0", kind::jpeg},
        {"\x89PNG\r\n\x1a\n", kind::png},
        {"GIF87a", kind::gif},
        {"GIF89a", kind::gif},
        {"RIFF\0\0\0\0WEBPVP8 "sv, kind::webp},
        {"\0\0\0\x18"
         "ftypheic\0\0\0\0mif1heic"sv,
         kind::heic},
        {"\0\0\0\x18"
         "ftypmif1\0\0\0\0mif1heic"sv,
         kind::heic},
        {"\0\0\0\x18"
         "ftypavif\0\0\0\0mif1miaf"sv,
         kind::other},
        {"\0\0\0\x10"
         "ftypmif1heicheic"sv, // a version is no brand
         kind::other},
        {"\0\0\0\x18"
         "ftyp"sv,
         kind::other},
        {"RIFF\0\0\0\0WAVE"sv, kind::other},
        {"RIFF", kind::other},
        {"<svg xmlns=", kind::other},
        {"<!DOCTYPE html>", kind::other},
        {"GIF88a", kind::other},
        {"", kind::other}};
    for (const auto& [bytes, is] : truths) {
        CAPTURE(bytes);
        CHECK(kind_of(bytes) == is);
    }
}

TEST_CASE("an attachment keeps a type that does no harm, and no other") {
    const std::pair<std::string_view, std::string_view> truths[] = {
        {"application/pdf", "application/pdf"},
        {"Audio/OGG; codecs=opus", "audio/ogg"},
        {"text/plain; charset=utf-8", "text/plain"},
        {"application/zip ;x", "application/zip"},
        {"text/html", "application/octet-stream"},
        {"application/xhtml+xml", "application/octet-stream"},
        {"image/svg+xml", "application/octet-stream"},
        {"text/javascript", "application/octet-stream"},
        {"application/ecmascript", "application/octet-stream"},
        {"image/jpeg", "application/octet-stream"}, // what is one was recognised as such
        {"multipart/x-mixed-replace", "application/octet-stream"},
        {"application/", "application/octet-stream"},
        {"audio/x\r\nSet-Cookie: a=b", "application/octet-stream"},
        {"audio/a b", "application/octet-stream"},
        {"", "application/octet-stream"}};
    for (const auto& [claimed, handed_out] : truths) {
        CAPTURE(claimed);
        CHECK(type_of_attachment(claimed) == handed_out);
    }
    CHECK(type_of_attachment("video/" + std::string(500, 'a')).size() <= 100);
}
