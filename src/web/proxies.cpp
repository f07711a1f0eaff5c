// SPDX-License-Identifier: Apache-2.0
#include "web/proxies.hpp"

#include "base/public_address.hpp"
#include "base/trim.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::web {
namespace {

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

// The last of a list: what stands before it came from farther away.
std::string last_of(std::string_view list) {
    return std::string(base::trimmed(list.substr(list.rfind(',') + 1))); // npos + 1: all of it
}

} // namespace

proxies::proxies(const std::vector<std::string>& addresses) {
    for (const std::string& one : addresses) {
        if (const auto block = base::parse_address_block(one)) {
            blocks_.push_back(*block);
        }
    }
}

bool proxies::trusted(std::string_view address) const {
    const auto known = blocks_.empty() ? std::nullopt : base::parse_address(std::string(address));
    return known && std::ranges::any_of(blocks_, [&](const base::address_block& one) {
               return one.contains(*known);
           });
}

void proxies::find_sender(request& of) const {
    of.host = of.head.field("host");
    if (!trusted(of.from.address)) {
        return;
    }
    std::string list = list_of(of.head, "x-forwarded-for");
    while (!list.empty() && trusted(of.from.address)) {
        const auto said = base::parse_address(last_of(list));
        if (!said) {
            break; // nothing to the left of it can be believed either
        }
        of.from.address = base::print_address(*said); // one address is one text, however written
        of.relayed = true;
        list.resize(list.contains(',') ? list.rfind(',') : 0);
    }
    if (const std::string scheme = last_of(list_of(of.head, "x-forwarded-proto"));
        !scheme.empty()) {
        of.from.secure = scheme == "https" || scheme == "wss";
    }
    if (std::string host = last_of(list_of(of.head, "x-forwarded-host")); !host.empty()) {
        of.host = std::move(host);
    }
}

} // namespace tertulia::web
