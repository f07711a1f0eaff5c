// SPDX-License-Identifier: Apache-2.0
// The files of app/dist, put into the binary by cmake/bundle.cmake when it is built; none where the
// app had not been built.
#pragma once

#include <span>
#include <string_view>

namespace tertulia::web {

struct bundled_file {
    std::string_view path; // without a leading slash
    std::string_view bytes;
};

[[nodiscard]] std::span<const bundled_file> app_bundle();

} // namespace tertulia::web
