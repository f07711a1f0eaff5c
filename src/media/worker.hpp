// SPDX-License-Identifier: Apache-2.0
// The child process in which pictures are read. It has the picture on its standard input and
// answers on its standard output; before it reads the first byte it gives up all else: files,
// network, other programs, more memory and time than file_limits.hpp grants. So a hole in a library
// of pictures leads into an empty room.
#pragma once

#include "base/result.hpp"
#include "media/picture.hpp"

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace tertulia::media {

// The word of the command line that makes our own binary such a child.
inline constexpr const char* worker_word = "picture-worker";

// The child's whole life; returns its exit code: 0, 1 where the picture cannot be read, 2 where it
// was not let into its sandbox.
[[nodiscard]] int run_worker();

// What goes through the pipe. Nothing where the child's words make no sense.
[[nodiscard]] std::string to_bytes(const picture& of);
[[nodiscard]] std::optional<picture> from_bytes(std::string_view bytes);

enum class picture_failure {
    unreadable, // no picture, a broken one, or larger than we bear; also: took too long
    // No child could be started, it was not let into its sandbox, or nobody waits any more.
    unavailable,
};

// Has a child look at the file that is open for reading as `descriptor`, from its beginning, and
// waits for it; a stop that is requested meanwhile ends both at once. `program` is our own binary.
[[nodiscard]] std::expected<picture, picture_failure>
prepare_in_child(const std::string& program, int descriptor, const std::stop_token& stop = {});

} // namespace tertulia::media
