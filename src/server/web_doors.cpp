// SPDX-License-Identifier: Apache-2.0
#include "server/web_doors.hpp"

#include "base/web_limits.hpp"
#include "irc/session.hpp"
#include "server/irc_door.hpp"
#include "web/event_stream.hpp"
#include "web/export_routes.hpp"
#include "web/http_session.hpp"
#include "web/post_routes.hpp"
#include "web/token_routes.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tertulia::server {
namespace {

using wire::websocket_opcode;

net::visitor visitor_of(const web::caller& from) {
    return {.address = from.address,
            .secure = from.secure,
            .thread = from.thread,
            .port = from.port,
            .arrival = from.arrival};
}

// Whoever watches the server: it answers while the network thread does.
class health final : public web::handler {
public:
    void begin(web::exchange& of) override { of.respond(web::plain_response(200, "ok")); }
};

} // namespace

web_doors::web_doors(const config& from, const std::vector<std::unique_ptr<irc::dialect>>& dialects,
                     std::string_view message_key, cloak shown_as)
    : dialects_(dialects), shown_as_(std::move(shown_as)),
      app_(web::app_bundle(), language_of(from)) {
    for (const auto& each : dialects_) {
        framed_.push_back(
            std::make_unique<framed>(framed{web::framed_dialect(*each, websocket_opcode::text),
                                            web::framed_dialect(*each, websocket_opcode::binary)}));
    }
    door_.inner = [this](const web::caller& who, const std::optional<session::proved>& as,
                         base::moment now) {
        irc::peer seen = peer_of(visitor_of(who), shown_as_);
        seen.door = seen.secure ? "wss" : "ws";
        seen.proved = as;
        return std::make_unique<irc::session>(*dialects_[who.thread], std::move(seen), now);
    };
    door_.dialect = [this](std::size_t thread,
                           websocket_opcode frame) -> const web::framed_dialect& {
        const framed& here = *framed_[thread];
        return frame == websocket_opcode::text ? here.text : here.binary;
    };
    door_.origins = from.web_origins;
    door_.language = language_of(from);
    pages_.trusted = sockets_.trusted = web::proxies(from.trusted_proxies);
    pages_.language = sockets_.language = language_of(from);
    if (dialects_.front()->rules().rate_limited) {
        pages_.relayed = sockets_.relayed = std::make_shared<base::guarded<web::rates>>(
            web::rates(base::limits::relayed_at_once_max, base::limits::relayed_each));
    }
    sockets_.routes = {web::websocket_route("/*", door_)};
    policy_ = [this](std::size_t thread) -> web::login_policy {
        const irc::settings& now = dialects_[thread]->rules();
        return {.registration = now.registration,
                .guests = now.guests,
                .password_asked = !now.password.empty() || !now.guest_code.empty(),
                .network = now.network_name,
                .manners = &now.manners};
    };
    add_routes(web::login_routes(policy_));
    open_programs(from, message_key);
    add_routes({web::app_route(app_),
                web::websocket_route("/irc", door_),
                {"GET", "/health", [] { return std::make_unique<health>(); }}});
}

void web_doors::open_programs(const config& from, std::string_view message_key) {
    for (std::size_t thread = 0; thread < dialects_.size(); ++thread) {
        programs_.tokens.emplace_back(message_key);
    }
    programs_.root = from.web_address.empty() ? "" : web_root(from);
    programs_.rate_limited = dialects_.front()->rules().rate_limited;
    programs_.manners = [this](std::size_t thread) -> const session::manners& {
        return dialects_[thread]->rules().manners;
    };
    programs_.arrival = [this](const web::caller& who, const session::proved& as) {
        const irc::peer seen = peer_of(visitor_of(who));
        chat::connect made;
        made.nickname = as.account;
        made.user = "api";
        made.host = seen.host;
        made.address = seen.address;
        made.real_name = as.account.display;
        made.secure = seen.secure;
        made.per_address_max = dialects_[who.thread]->rules().sessions_per_address_max;
        made.as = as.as;
        made.arrival = seen.arrival;
        made.door = "events";
        return made;
    };
    add_routes(web::post_routes(programs_));
    add_routes(web::token_routes(programs_));
    add_routes(web::event_routes(programs_));
}

std::function<bool(std::string_view address)> web_doors::whom_we_trust() const {
    return [&of = pages_.trusted](std::string_view address) { return of.trusted(address); };
}

void web_doors::open_exports(session::file_keeper* files) {
    add_routes(web::export_routes(programs_, files));
}

void web_doors::add_routes(std::vector<web::route> rows) {
    std::ranges::move(rows, std::back_inserter(pages_.routes));
}

net::protocol_maker web_doors::protocol_of(const listen_url& at) {
    const bool pages = at.scheme.starts_with("http");
    return [&of = pages ? pages_ : sockets_](const net::visitor& who, base::moment now) {
        return std::make_unique<web::http_session>(
            of, web::caller{who.address, who.secure, who.thread, who.port, who.arrival}, now);
    };
}

} // namespace tertulia::server
