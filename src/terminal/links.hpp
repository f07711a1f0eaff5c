// SPDX-License-Identifier: Apache-2.0
// Shows a link in the person's browser, if there is a screen for one.
#pragma once

#include <string>

namespace tertulia::terminal {

// No shell sees the link, and only http and https are shown.
void show_link(const std::string& url);

} // namespace tertulia::terminal
