// SPDX-License-Identifier: Apache-2.0
#include "web/routes.hpp"

namespace tertulia::web {
namespace {

bool fits(const route& row, std::string_view path) {
    const std::string_view pattern = row.path;
    if (pattern.ends_with("/*")) {
        return path.starts_with(pattern.substr(0, pattern.size() - 1));
    }
    return pattern == path;
}

void add(std::string_view method, std::string& to) {
    to += to.empty() ? "" : ", ";
    to += method;
}

} // namespace

found_route find_route(const std::vector<route>& rows, std::string_view method,
                       std::string_view path) {
    found_route found;
    std::size_t length = 0;
    for (const route& row : rows) {
        if (!fits(row, path) || row.path.size() < length) {
            continue;
        }
        if (row.path.size() > length) {
            length = row.path.size();
            found = {};
        }
        add(row.method, found.allowed);
        const bool head_of_get = method == "HEAD" && row.method == "GET";
        if (row.method == "GET") {
            add("HEAD", found.allowed);
        }
        if (row.method == method || head_of_get) {
            found.of = &row;
        }
    }
    return found;
}

} // namespace tertulia::web
