// SPDX-License-Identifier: Apache-2.0
// What the one who starts us wants, from the words of the command line. Does nothing itself.
#pragma once

#include "base/catalogue.hpp"
#include "base/result.hpp"
#include "terminal/options.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::server {

// `tertulia serve`. What is empty was not given.
struct serve_command {
    std::string config_file;
    std::string data;
    std::vector<std::string> listen;
    std::string classic; // "loopback" or "public": the five classic dialects as well
    bool rate_limits = true;
};
// `tertulia config check FILE`.
struct check_command {
    std::string file;
};
// `tertulia account …`.
enum class account_deed : std::uint8_t {
    add,
    set_password,
    list,
    suspend,
    resume,
    remove,
    set_rights,
    import_table,
    invite,
    list_codes,
    remove_code
};
struct account_command {
    account_deed what = account_deed::list;
    std::string name;   // of the account; of the file to import
    std::string change; // of rights
    bool password_from_input = false;
    std::uint32_t uses = 1; // of a code
    std::string expires;    // after which it is none: "30d", "never"
    std::string config_file;
    std::string data;
};
// Help, the version, the example: print and be done.
struct show_command {
    std::string text;
};
using command =
    std::variant<serve_command, check_command, account_command, terminal::options, show_command>;

// `words` without the program's own name.
[[nodiscard]] base::result<command> parse_command_line(std::span<const char* const> words,
                                                       base::language in);

} // namespace tertulia::server
