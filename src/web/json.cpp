// SPDX-License-Identifier: Apache-2.0
#include "web/json.hpp"

#include <boost/json/src.hpp> // the whole library: there is none to link against here

namespace tertulia::web {

std::optional<boost::json::object> parse_json_object(std::string_view text) {
    boost::system::error_code fault;
    boost::json::value parsed = boost::json::parse(text, fault);
    if (fault || !parsed.is_object()) {
        return std::nullopt;
    }
    return std::move(parsed.as_object());
}

std::optional<std::string> text_member(const boost::json::object& of, std::string_view name) {
    const boost::json::value* const found = of.if_contains(name);
    if (found == nullptr || !found->is_string()) {
        return std::nullopt;
    }
    return std::string(found->as_string());
}

} // namespace tertulia::web
