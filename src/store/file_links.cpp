// SPDX-License-Identifier: Apache-2.0
#include "store/file_links.hpp"

#include "base/file_limits.hpp"

#include <algorithm>
#include <cstddef>

namespace tertulia::store {
namespace {

constexpr std::string_view before = "/files/";
constexpr std::size_t id_size = 22;

bool is_of_an_id(char one) {
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') ||
           one == '-' || one == '_';
}

} // namespace

std::vector<std::string_view> linked_files(std::string_view text) {
    std::vector<std::string_view> found;
    for (std::size_t at = text.find(before);
         at != std::string_view::npos && found.size() < base::limits::files_per_message_max;
         at = text.find(before, at)) {
        at += before.size();
        const std::string_view rest = text.substr(at);
        const auto end = std::ranges::find_if_not(rest, is_of_an_id);
        const std::string_view id = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
        if (id.size() == id_size && std::ranges::find(found, id) == found.end()) {
            found.push_back(id);
        }
    }
    return found;
}

} // namespace tertulia::store
