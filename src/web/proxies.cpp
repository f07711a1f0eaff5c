// SPDX-License-Identifier: Apache-2.0
#include "web/proxies.hpp"

#include "base/public_address.hpp"

#include <algorithm>

namespace tertulia::web {
namespace {

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

// All fields of the name as one list, as RFC 9110, 5.3 has it.
std::string list_of(const wire::http_head& head, std::string_view name) {
    std::string all;
    for (const wire::http_field& one : head.fields) {
        if (one.name == name) {
            all += all.empty() ? "" : ",";
            all += one.value;
        }
    }
    return all;
}

} // namespace

bool proxies::trusted(std::string_view address) const {
    return std::ranges::find(addresses_, address) != addresses_.end();
}

void proxies::find_sender(request& of) const {
    if (!trusted(of.from.address)) {
        return;
    }
    std::string list = list_of(of.head, "x-forwarded-for");
    while (!list.empty() && trusted(of.from.address)) {
        const std::size_t comma = list.rfind(',');
        const std::size_t begins = comma == std::string::npos ? 0 : comma + 1;
        const std::string said = trimmed(std::string_view(list).substr(begins));
        if (!base::parse_address(said)) {
            break; // nothing to the left of it can be believed either
        }
        of.from.address = said;
        list.resize(comma == std::string::npos ? 0 : comma);
    }
    const std::string scheme = list_of(of.head, "x-forwarded-proto");
    if (!scheme.empty()) {
        of.from.secure = scheme == "https" || scheme == "wss";
    }
}

} // namespace tertulia::web
