// SPDX-License-Identifier: Apache-2.0
// A temporary folder that goes with its test.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace tertulia::server {

class temporary_folder {
public:
    temporary_folder() {
        std::string made = std::filesystem::temp_directory_path() / "tertulia-XXXXXX";
        REQUIRE(mkdtemp(made.data()) != nullptr);
        path_ = made;
    }
    ~temporary_folder() { std::filesystem::remove_all(path_); }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    [[nodiscard]] std::string file(std::string_view name) const { return path_ / name; }

    std::string write(std::string_view name, std::string_view text) const {
        std::ofstream(file(name), std::ios::binary) << text;
        return file(name);
    }

private:
    std::filesystem::path path_;
};

} // namespace tertulia::server
