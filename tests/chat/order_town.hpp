// SPDX-License-Identifier: Apache-2.0
// A small town with operators, for tests of the order on the whole server.
#pragma once

#include "chat/order.hpp"
#include "chat/world.hpp"

#include <map>
#include <string>

namespace tertulia::chat {

inline rights only(right one) { return rights().set(static_cast<std::size_t>(one)); }

// ana and berta have accounts; carla is a guest. All are in #lobby, which is always there.
struct town : world {
    std::map<std::string, proof> proofs;

    void registers(const std::string& who) {
        connects(who);
        does(who, register_account{named(who), {"secret", ""}});
        proofs[who] = the<registered>().as;
    }
    void makes_operator(const std::string& who, rights held = rights().set()) {
        server_does(set_rights{named(who), held, {}});
    }
    town() {
        server_does(keep_room{named("#lobby")});
        registers("ana");
        registers("berta");
        connects("carla");
        all_join({"ana", "berta", "carla"}, "#lobby");
    }
    [[nodiscard]] bool has_session(const std::string& who) const {
        return chat.knows(sessions.at(who));
    }
    // Somebody with a session of her own, as a guest or as an account.
    void comes(const std::string& session, const std::string& nickname, const std::string& address,
               std::optional<proof> as = {}) {
        sessions[session] = {0, 1, next_session++};
        connect wish;
        wish.nickname = named(nickname);
        wish.address = address;
        wish.as = as;
        does(session, wish);
    }
};

} // namespace tertulia::chat
