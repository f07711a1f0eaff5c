// SPDX-License-Identifier: Apache-2.0
// The browser's app as it lies in the binary: by Accept-Encoding in the variant that was compressed
// when it was built, with a tag, and for ever where the name has the content's hash in it.
#pragma once

#include "base/catalogue.hpp"
#include "web/app_bundle.hpp"
#include "web/routes.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace tertulia::web {

class app_files {
public:
    // Of files "index.html", "assets/main-5fa3.js", "assets/main-5fa3.js.br", ….
    app_files(std::span<const bundled_file> bundle, base::language language);

    struct file {
        std::string type;
        std::string tag; // of the plain variant
        std::string_view plain, gzip, brotli;
        bool lasting = false; // another content would have another name
    };
    [[nodiscard]] const file* find(std::string_view path) const; // "/" is the index
    [[nodiscard]] bool empty() const { return files_.empty(); }
    // What is said where the binary has no app in it.
    [[nodiscard]] std::string_view absence() const { return absence_; }

private:
    std::map<std::string, file, std::less<>> files_; // by path, with its '/'
    std::string absence_;
};

// "GET /*"; `app` outlives it.
[[nodiscard]] route app_route(const app_files& app);

} // namespace tertulia::web
