// SPDX-License-Identifier: Apache-2.0
// What a file is, by its first bytes: never by its name, nor by what its sender says of it. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::media {

// Pictures that browsers show without running anything in them, and HEIC, which becomes a JPEG. An
// SVG is none: it is a program.
enum class kind : std::uint8_t { other, jpeg, png, gif, webp, heic };

// So many bytes of a file's beginning tell what it is.
inline constexpr std::size_t telling_bytes = 64;

[[nodiscard]] kind kind_of(std::string_view beginning);

// "image/jpeg"; of `other`, the type of bytes nobody knows anything of.
[[nodiscard]] std::string_view type_of(kind of);

// The type under which a file that is no picture of ours is handed out, always as an attachment:
// the one that its sender claims, where that is well-formed and means nothing to a browser that
// could do harm.
[[nodiscard]] std::string type_of_attachment(std::string_view claimed);

} // namespace tertulia::media
