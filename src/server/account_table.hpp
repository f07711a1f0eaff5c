// SPDX-License-Identifier: Apache-2.0
// The table that `tertulia account import` reads: a name a row, and a password where there is one.
// What a spreadsheet writes above them is no account.
//
//     read_account_table("Alumno,Clave\nana,\n") -> {{"ana", ""}}
#pragma once

#include "base/catalogue.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::server {

struct table_account {
    std::string name;
    std::string password; // empty: none was given

    friend bool operator==(const table_account&, const table_account&) = default;
};

// The accounts in their order, or which text says why there are none: it names the file, {0}.
[[nodiscard]] std::expected<std::vector<table_account>, base::text_key>
read_account_table(std::string_view text);

} // namespace tertulia::server
