// SPDX-License-Identifier: Apache-2.0
// The dialect of sessions that hear nothing of rooms: HTTP's, between a request and its answer.
#pragma once

#include "session/protocol.hpp"

#include <string>

namespace tertulia::web {

class silent_dialect final : public session::dialect {
public:
    void render(const chat::event& /*of*/, session::features /*as*/,
                std::string& /*out*/) const override {}
    [[nodiscard]] session::features relevant(const chat::event& /*of*/) const override { return 0; }
};

} // namespace tertulia::web
