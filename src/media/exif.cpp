// SPDX-License-Identifier: Apache-2.0
#include "media/exif.hpp"

#include <cstddef>
#include <cstdint>

namespace tertulia::media {
namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t orientation_tag = 0x0112; // Exif 2.32, 4.6.4, A
constexpr std::uint32_t short_type = 3;
constexpr std::size_t entry_size = 12; // TIFF 6.0, section 2: tag, type, count, value

class tiff {
public:
    explicit tiff(std::string_view bytes) : bytes_(bytes), big_(bytes.starts_with("MM"sv)) {}

    // 0 beyond the end: no entry of interest.
    [[nodiscard]] std::uint32_t number(std::size_t at, std::size_t size) const {
        std::uint32_t made = 0;
        if (at > bytes_.size() || bytes_.size() - at < size) {
            return 0;
        }
        for (std::size_t place = 0; place < size; ++place) {
            const std::size_t from = big_ ? place : size - 1 - place;
            made = made << 8U | static_cast<unsigned char>(bytes_[at + from]);
        }
        return made;
    }

private:
    std::string_view bytes_;
    bool big_;
};

} // namespace

int orientation_of(std::string_view exif) {
    if (!exif.starts_with("II*\0"sv) && !exif.starts_with("MM\0*"sv)) {
        return 1;
    }
    const tiff of(exif);
    const std::size_t directory = of.number(4, 4);
    const std::uint32_t entries = of.number(directory, 2);
    for (std::uint32_t index = 0; index < entries; ++index) {
        const std::size_t at = directory + 2 + index * entry_size;
        if (at > exif.size()) {
            break;
        }
        if (of.number(at, 2) == orientation_tag && of.number(at + 2, 2) == short_type) {
            const std::uint32_t value = of.number(at + 8, 2);
            return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
        }
    }
    return 1;
}

} // namespace tertulia::media
