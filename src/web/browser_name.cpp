// SPDX-License-Identifier: Apache-2.0
#include "web/browser_name.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace tertulia::web {
namespace {

struct sign {
    std::string_view in_agent;
    std::string_view name;
};

// Browsers name those that they want to be taken for as well, and their own name first or last: the
// first sign that is found counts.
constexpr auto browsers = std::to_array<sign>({
    {"Edg", "Edge"},
    {"OPR/", "Opera"},
    {"SamsungBrowser/", "Samsung Internet"},
    {"Vivaldi/", "Vivaldi"},
    {"FxiOS/", "Firefox"},
    {"Firefox/", "Firefox"},
    {"CriOS/", "Chrome"},
    {"Chromium/", "Chromium"},
    {"Chrome/", "Chrome"},
    {"Safari/", "Safari"},
});
constexpr auto systems = std::to_array<sign>({
    {"Android", "Android"},
    {"iPhone", "iPhone"},
    {"iPad", "iPad"},
    {"Windows", "Windows"},
    {"Mac OS X", "macOS"},
    {"CrOS", "ChromeOS"},
    {"Linux", "Linux"},
});

std::string_view first_in(std::string_view agent, std::span<const sign> signs) {
    const auto found = std::ranges::find_if(
        signs, [agent](const sign& one) { return agent.contains(one.in_agent); });
    return found == signs.end() ? "" : found->name;
}

} // namespace

std::string browser_name(std::string_view user_agent) {
    std::string made(first_in(user_agent, browsers));
    const std::string_view system = first_in(user_agent, systems);
    if (!made.empty() && !system.empty()) {
        made += ", ";
    }
    return made.append(system);
}

} // namespace tertulia::web
