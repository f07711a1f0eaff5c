// SPDX-License-Identifier: Apache-2.0
// HEIC by libheif, which decodes with libde265.
#include "base/file_limits.hpp"
#include "media/codecs.hpp"

#include <algorithm>
#include <cstring>
#include <libheif/heif.h>
#include <memory>
#include <utility>

namespace tertulia::media {
namespace {

namespace limits = base::limits;

template <class T>
using owned = std::unique_ptr<T, void (*)(const T*)>;

std::string colours_of(const heif_image_handle* of) {
    const std::size_t size = heif_image_handle_get_raw_color_profile_size(of);
    const heif_color_profile_type type = heif_image_handle_get_color_profile_type(of);
    if (size == 0 || size > limits::colour_profile_size_max ||
        (type != heif_color_profile_type_prof && type != heif_color_profile_type_rICC)) {
        return {};
    }
    std::string made(size, '\0');
    const heif_error read = heif_image_handle_get_raw_color_profile(of, made.data());
    return read.code == heif_error_Ok ? made : std::string();
}

std::optional<measure> size_of(const heif_image_handle* of) {
    const int width = heif_image_handle_get_width(of);
    const int height = heif_image_handle_get_height(of);
    const measure size{static_cast<std::uint32_t>(std::max(width, 0)),
                       static_cast<std::uint32_t>(std::max(height, 0))};
    return is_bearable(size) ? std::optional(size) : std::nullopt;
}

std::optional<bitmap> rows_of(const heif_image* of) {
    const int width = heif_image_get_width(of, heif_channel_interleaved);
    const int height = heif_image_get_height(of, heif_channel_interleaved);
    const measure size{static_cast<std::uint32_t>(std::max(width, 0)),
                       static_cast<std::uint32_t>(std::max(height, 0))};
    int stride = 0;
    const std::uint8_t* const rows =
        heif_image_get_plane_readonly(of, heif_channel_interleaved, &stride);
    if (rows == nullptr || !is_bearable(size) || stride < width * 4) {
        return std::nullopt;
    }
    bitmap made(size);
    for (std::size_t row = 0; row < size.height; ++row) {
        std::memcpy(&made.bytes[row * size.width * 4], rows + row * static_cast<unsigned>(stride),
                    std::size_t{size.width} * 4);
    }
    return made;
}

} // namespace

std::optional<pixels> read_heic(std::string_view bytes) {
    const std::unique_ptr<heif_context, decltype(&heif_context_free)> file(heif_context_alloc(),
                                                                           &heif_context_free);
    heif_context_set_maximum_image_size_limit(file.get(),
                                              static_cast<int>(limits::picture_edge_max));
    heif_context_set_max_decoding_threads(file.get(), 0);
    heif_error failed =
        heif_context_read_from_memory_without_copy(file.get(), bytes.data(), bytes.size(), nullptr);
    if (failed.code != heif_error_Ok) {
        return std::nullopt;
    }
    heif_image_handle* primary = nullptr;
    failed = heif_context_get_primary_image_handle(file.get(), &primary);
    const owned<heif_image_handle> handle(primary, &heif_image_handle_release);
    if (failed.code != heif_error_Ok || !size_of(primary)) {
        return std::nullopt;
    }
    heif_image* decoded = nullptr;
    failed = heif_decode_image(primary, &decoded, heif_colorspace_RGB, heif_chroma_interleaved_RGBA,
                               nullptr);
    const owned<heif_image> image(decoded, &heif_image_release);
    if (failed.code != heif_error_Ok) {
        return std::nullopt;
    }
    auto seen = rows_of(decoded);
    return seen ? std::optional(pixels{std::move(*seen), colours_of(primary)}) : std::nullopt;
}

} // namespace tertulia::media
