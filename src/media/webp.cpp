// SPDX-License-Identifier: Apache-2.0
// WebP by libwebp; animations by libwebpdemux.
#include "media/codecs.hpp"

#include <algorithm>
#include <memory>
#include <webp/decode.h>
#include <webp/demux.h>
#include <webp/encode.h>

namespace tertulia::media {
namespace {

constexpr float thumbnail_quality = 75;
constexpr float photograph_quality = 90;

const std::uint8_t* raw(std::string_view bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

std::optional<WebPBitstreamFeatures> features_of(std::string_view bytes) {
    WebPBitstreamFeatures found;
    if (WebPGetFeatures(raw(bytes), bytes.size(), &found) != VP8_STATUS_OK || found.width <= 0 ||
        found.height <= 0 ||
        !is_bearable(
            {static_cast<std::uint32_t>(found.width), static_cast<std::uint32_t>(found.height)})) {
        return std::nullopt;
    }
    return found;
}

bool read_first_picture(std::string_view bytes, bitmap& into) {
    const WebPData data{raw(bytes), bytes.size()};
    const std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)> reading(
        WebPAnimDecoderNew(&data, nullptr), &WebPAnimDecoderDelete);
    WebPAnimInfo info;
    std::uint8_t* picture = nullptr;
    int at = 0;
    if (!reading || WebPAnimDecoderGetInfo(reading.get(), &info) == 0 ||
        measure{info.canvas_width, info.canvas_height} != into.size ||
        WebPAnimDecoderGetNext(reading.get(), &picture, &at) == 0) {
        return false;
    }
    std::copy_n(picture, into.bytes.size(), into.bytes.begin());
    return true;
}

} // namespace

std::optional<measure> measure_webp(std::string_view bytes) {
    const auto found = features_of(bytes);
    if (!found) {
        return std::nullopt;
    }
    return measure{static_cast<std::uint32_t>(found->width),
                   static_cast<std::uint32_t>(found->height)};
}

std::optional<bitmap> read_webp(std::string_view bytes) {
    const auto found = features_of(bytes);
    if (!found) {
        return std::nullopt;
    }
    bitmap made(
        {static_cast<std::uint32_t>(found->width), static_cast<std::uint32_t>(found->height)});
    const bool read =
        found->has_animation != 0
            ? read_first_picture(bytes, made)
            : WebPDecodeRGBAInto(raw(bytes), bytes.size(), made.bytes.data(), made.bytes.size(),
                                 static_cast<int>(made.size.width) * 4) != nullptr;
    return read ? std::optional(std::move(made)) : std::nullopt;
}

std::string write_webp(const bitmap& of, fidelity how) {
    std::uint8_t* bytes = nullptr;
    const std::size_t size =
        WebPEncodeRGBA(of.bytes.data(), static_cast<int>(of.size.width),
                       static_cast<int>(of.size.height), static_cast<int>(of.size.width) * 4,
                       how == fidelity::thumbnail ? thumbnail_quality : photograph_quality, &bytes);
    const std::unique_ptr<std::uint8_t, decltype(&WebPFree)> owned(bytes, &WebPFree);
    return {reinterpret_cast<const char*>(bytes), size};
}

} // namespace tertulia::media
