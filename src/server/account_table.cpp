// SPDX-License-Identifier: Apache-2.0
#include "server/account_table.hpp"

#include "base/text.hpp"
#include "wire/csv.hpp"

#include <algorithm>
#include <array>

namespace tertulia::server {
namespace {

// What spreadsheets write above the names.
constexpr std::array<std::string_view, 15> headings{
    "name",   "nombre", "account", "cuenta",     "usuario",  "usuaria", "user", "username",
    "alumno", "alumna", "student", "estudiante", "nickname", "apodo",   "login"};

bool is_heading(std::string_view first) {
    const std::string word = base::fold(first.substr(0, first.find_last_not_of(' ') + 1));
    return std::ranges::find(headings, std::string_view(word)) != headings.end();
}

} // namespace

std::expected<std::vector<table_account>, base::text_key>
read_account_table(std::string_view text) {
    if (!base::valid_utf8(text)) {
        return std::unexpected(base::text_key::account_table_not_utf8);
    }
    const auto rows = wire::parse_csv(text);
    if (!rows) {
        return std::unexpected(base::text_key::account_bad_table);
    }
    std::vector<table_account> found;
    for (const wire::csv_row& row : *rows) {
        const bool heads = &row == &rows->front() && is_heading(row[0]);
        if (!heads) {
            found.push_back({row[0], row.size() > 1 ? row[1] : std::string()});
        }
    }
    return found;
}

} // namespace tertulia::server
