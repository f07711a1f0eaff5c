// SPDX-License-Identifier: Apache-2.0
// How files are spoken of over HTTP: their places, what a refusal is, a file or a part of it as an
// answer. Pure but for the file that it sends.
#pragma once

#include "session/files.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace tertulia::web {

// "/files/ID/NAME", "/files/ID/thumbnail".
[[nodiscard]] std::string place_of(const session::file_facts& of);
[[nodiscard]] std::string thumbnail_place_of(const session::file_facts& of);

// {"url":…,"name":…,"type":…,"size":…,…}
[[nodiscard]] std::string json_of(const session::file_facts& of);

[[nodiscard]] response refusal_of(session::file_refusal why);

// Has the disk bring the beginning of what will be sent. `range` is the field of that name;
// If-Range is not looked at, as what an ID stands for never changes. In a chore.
void expect_beginning(const session::open_file& of, std::string_view range);

// 200, 206, 304 or 416, by Range, If-Range and If-None-Match (RFC 9110, 13 and 14).
[[nodiscard]] response answer_with(std::unique_ptr<session::open_file> file,
                                   session::file_part part, const request& asked);

} // namespace tertulia::web
