// SPDX-License-Identifier: Apache-2.0
#include "media/kind.hpp"

#include <algorithm>
#include <array>

namespace tertulia::media {
namespace {

using namespace std::string_view_literals;

// ISO/IEC 23008-12, 10.2: the brands of pictures coded in HEVC.
constexpr std::array heic_brands{"heic"sv, "heix"sv, "heim"sv, "heis"sv, "hevc"sv, "hevx"sv};

bool is_heic(std::string_view beginning) {
    if (beginning.size() < 12 || beginning.substr(4, 4) != "ftyp") {
        return false;
    }
    // The major brand, four bytes of a version, then the compatible ones, as many as fit.
    const auto low = static_cast<unsigned char>(beginning[3]);
    const std::size_t box = beginning.substr(0, 3) == "\0\0\0"sv ? low : telling_bytes;
    for (std::size_t at = 8; at + 4 <= std::min(box, beginning.size()); at += 4) {
        if (at != 12 &&
            std::ranges::find(heic_brands, beginning.substr(at, 4)) != heic_brands.end()) {
            return true;
        }
    }
    return false;
}

// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char one) {
        const bool letter = (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9');
        return letter || "!#$&-^_.+"sv.contains(one);
    });
}

} // namespace

kind kind_of(std::string_view beginning) {
    if (beginning.starts_with("\xff\xd8\xff"sv)) {
        return kind::jpeg;
    }
    if (beginning.starts_with("\x89PNG\r\n\x1a\n"sv)) {
        return kind::png;
    }
    if (beginning.starts_with("GIF87a"sv) || beginning.starts_with("GIF89a"sv)) {
        return kind::gif;
    }
    if (beginning.starts_with("RIFF"sv) && beginning.size() >= 12 &&
        beginning.substr(8, 4) == "WEBP") {
        return kind::webp;
    }
    return is_heic(beginning) ? kind::heic : kind::other;
}

std::string_view type_of(kind of) {
    switch (of) {
    case kind::jpeg: return "image/jpeg";
    case kind::png: return "image/png";
    case kind::gif: return "image/gif";
    case kind::webp: return "image/webp";
    case kind::heic: return "image/heic";
    case kind::other: break;
    }
    return "application/octet-stream";
}

std::string type_of_attachment(std::string_view claimed) {
    std::string type(claimed.substr(0, std::min(claimed.find(';'), std::size_t{100})));
    type.erase(type.find_last_not_of(" \t") + 1);
    std::ranges::transform(type, type.begin(), [](char one) {
        return one >= 'A' && one <= 'Z' ? static_cast<char>(one + ('a' - 'A')) : one;
    });
    const std::size_t slash = type.find('/');
    const std::string_view whole = type;
    if (slash == std::string::npos || !is_token(whole.substr(0, slash)) ||
        !is_token(whole.substr(slash + 1))) {
        return std::string(type_of(kind::other));
    }
    const std::string_view family = whole.substr(0, slash);
    const bool quiet = family == "audio" || family == "video" || family == "font" ||
                       whole == "text/plain" || whole == "text/csv" || whole == "text/markdown" ||
                       (family == "application" && !whole.contains("xml") &&
                        !whole.contains("html") && !whole.contains("script"));
    return quiet ? type : std::string(type_of(kind::other));
}

} // namespace tertulia::media
