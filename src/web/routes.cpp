// SPDX-License-Identifier: Apache-2.0
#include "web/routes.hpp"

#include <algorithm>

namespace tertulia::web {
namespace {

// What stands before the next slash is cut from `text`.
std::string_view cut_segment(std::string_view& text) {
    const std::size_t end = std::min(text.find('/'), text.size());
    const std::string_view segment = text.substr(0, end);
    text.remove_prefix(std::min(text.size(), end + 1));
    return segment;
}

bool fits(const route& row, std::string_view path) {
    std::string_view pattern = row.path;
    while (!pattern.empty() && !path.empty()) {
        const bool last = !pattern.contains('/');
        const std::string_view wanted = cut_segment(pattern);
        if (wanted == "*" && last) {
            return true;
        }
        const bool ends = !path.contains('/');
        if (cut_segment(path) != wanted && wanted != "*") {
            return false;
        }
        if (last || ends) {
            return last && ends;
        }
    }
    return pattern == path || pattern == "*";
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
