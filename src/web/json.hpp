// SPDX-License-Identifier: Apache-2.0
// What comes as JSON in a request's body: one object of texts and the like. Everything else of JSON
// is Boost's.
#pragma once

#include <boost/json/fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::web {

// Nothing where it is no JSON, or no object. Nesting is bounded.
[[nodiscard]] std::optional<boost::json::object> parse_json_object(std::string_view text);

// The member's text; nothing where there is no such member or it is no text.
[[nodiscard]] std::optional<std::string> text_member(const boost::json::object& of,
                                                     std::string_view name);

} // namespace tertulia::web
