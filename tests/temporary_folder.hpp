// SPDX-License-Identifier: Apache-2.0
// A folder for one test's files, gone with the test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tertulia::tests {

class temporary_folder {
public:
    temporary_folder() {
        std::string made = std::filesystem::temp_directory_path() / "tertulia-test-XXXXXX";
        if (::mkdtemp(made.data()) == nullptr) {
            throw std::runtime_error("no folder for the test's files");
        }
        path_ = made;
    }
    ~temporary_folder() { std::filesystem::remove_all(path_); }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::string file(std::string_view name) const { return path_ / name; }

    std::string write(std::string_view name, std::string_view text) const {
        std::ofstream(file(name), std::ios::binary) << text;
        return file(name);
    }
    [[nodiscard]] std::string read(std::string_view name) const {
        std::ifstream from(file(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(from), {}};
    }

private:
    std::filesystem::path path_;
};

} // namespace tertulia::tests
