// SPDX-License-Identifier: Apache-2.0
// One call into a classic client from outside: what it was given for the time being. At its end
// what may be written is. For the files that implement the client.
#pragma once

#include "classic/client.hpp"

namespace tertulia::classic {

struct client::turn {
    turn(client& whose, base::moment at, session::output& into) : of(whose) {
        of.now_ = at;
        of.out_ = &into;
    }
    ~turn() {
        of.flush();
        of.out_ = nullptr;
    }
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;

    client& of;
};

} // namespace tertulia::classic
