// SPDX-License-Identifier: Apache-2.0
#include "session/protocol.hpp"

namespace tertulia::session {

std::string& output::text() {
    if (pieces.empty() || !std::holds_alternative<std::string>(pieces.back())) {
        pieces.emplace_back(std::string{});
    }
    return std::get<std::string>(pieces.back());
}

bool output::empty() const {
    return pieces.empty() && requests.empty() && !read && !check && !chore && !successor &&
           !recognised && !close && !features_changed;
}

void output::clear() {
    pieces.clear();
    requests.clear();
    read.reset();
    check.reset();
    chore.reset();
    successor.reset();
    recognised = false;
    close.reset();
    features_changed = false;
}

} // namespace tertulia::session
