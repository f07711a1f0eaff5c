// SPDX-License-Identifier: Apache-2.0
// The doors of the web as the configuration describes them: http:// and https:// with the app, the
// API and IRC at /irc; ws:// and wss:// with IRC alone. What both share lives as long as the
// network.
#pragma once

#include "irc/dialect.hpp"
#include "net/options.hpp"
#include "server/cloak.hpp"
#include "server/config.hpp"
#include "session/files.hpp"
#include "web/app_files.hpp"
#include "web/framed_dialect.hpp"
#include "web/login_routes.hpp"
#include "web/program_desk.hpp"
#include "web/site.hpp"
#include "web/websocket_door.hpp"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace tertulia::server {

class web_doors {
public:
    // One dialect for each network thread; they outlive the doors. The key is that of msgids.
    web_doors(const config& from, const std::vector<std::unique_ptr<irc::dialect>>& dialects,
              std::string_view message_key, cloak shown_as);

    // Of http(s):// and ws(s)://. The doors outlive what is made.
    [[nodiscard]] net::protocol_maker protocol_of(const listen_url& at);

    // Those whose connections are many people's.
    [[nodiscard]] std::function<bool(std::string_view address)> whom_we_trust() const;

    // What may be taken home, with the files of an account where there are any.
    void open_exports(session::file_keeper* files);

    // More rows for http(s)://, before anybody comes in.
    void add_routes(std::vector<web::route> rows);

private:
    void open_programs(const config& from, std::string_view message_key);

    struct framed {
        web::framed_dialect text, binary;
    };

    const std::vector<std::unique_ptr<irc::dialect>>& dialects_;
    cloak shown_as_;
    std::vector<std::unique_ptr<framed>> framed_; // for each thread
    web::app_files app_;
    web::websocket_door door_;
    web::policy_reader policy_;
    web::program_desk programs_;
    web::site pages_;   // http(s)://
    web::site sockets_; // ws(s)://
};

} // namespace tertulia::server
