// SPDX-License-Identifier: Apache-2.0
// The folder of everything that lasts. Held by one server at a time, by a lock that ends with the
// process, however it ends.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace tertulia::server {

class data_folder {
public:
    // Makes the folder (for its owner alone) where it is missing, and locks it.
    [[nodiscard]] static base::result<data_folder> open(const std::string& path);
    ~data_folder();
    data_folder(data_folder&& other) noexcept;
    data_folder& operator=(data_folder&&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string file(std::string_view name) const;

private:
    data_folder(std::string path, int lock);

    std::string path_;
    int lock_; // a file descriptor; -1 when moved from
};

} // namespace tertulia::server
