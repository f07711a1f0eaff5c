// SPDX-License-Identifier: Apache-2.0
// What the client wants of the world: it has no socket, file, clock or screen of its own, so that a
// test sees all of this as values.
#pragma once

#include "terminal/entry.hpp"
#include "terminal/model.hpp"

#include <string>
#include <variant>

namespace tertulia::terminal {

struct send_line { // without CR LF
    std::string text;
};
struct show_entry { // for those without a screen: it has just come
    std::string room;
    bool in_current_room = false;
    entry what;
};
struct ask { // the next line that is typed answers
    question what;
    std::string about;
};
struct connect {}; // again, at once
struct hang_up {};
struct leave { // the program ends, after what is to be sent
    int exit_status = 0;
    bool at_once = false; // what is to be sent does not count any more
};
struct trust_certificate { // remember it and go on
    std::string fingerprint;
};
struct keep_password {
    std::string account;
    std::string password;
};
struct forget_password {
    std::string account;
};
struct open_link {
    std::string url;
};
struct upload_file {
    std::string path;
    std::string url;  // of the server's file host
    std::string room; // where the link is said
};
struct ring {}; // somebody wants us

using effect = std::variant<send_line, show_entry, ask, connect, hang_up, leave, trust_certificate,
                            keep_password, forget_password, open_link, upload_file, ring>;

} // namespace tertulia::terminal
