// SPDX-License-Identifier: Apache-2.0
#include "wire/csv.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::wire {
namespace {

class csv_reader {
public:
    explicit csv_reader(std::string_view text) : rest_(text), separator_(separator_of(text)) {}

    std::optional<std::vector<csv_row>> read() {
        while (!rest_.empty()) {
            if (!read_field()) {
                return std::nullopt;
            }
        }
        end_row();
        return std::move(rows_);
    }

private:
    // The first line says which it is.
    static char separator_of(std::string_view text) {
        const std::size_t found = text.find_first_of(",;\n");
        return found != std::string_view::npos && text[found] == ';' ? ';' : ',';
    }

    // A field and what ends it.
    bool read_field() {
        std::string field;
        if (rest_.starts_with('"') ? !read_quoted(field) : !read_plain(field)) {
            return false;
        }
        row_.push_back(std::move(field));
        if (rest_.starts_with(separator_)) {
            rest_.remove_prefix(1);
            if (rest_.empty() || rest_.front() == '\n' || rest_.front() == '\r') {
                row_.emplace_back();
                end_line();
            }
        } else {
            end_line();
        }
        return true;
    }

    bool read_plain(std::string& field) {
        const std::size_t end =
            std::min(rest_.find_first_of(separator_ == ',' ? ",\r\n" : ";\r\n"), rest_.size());
        field = rest_.substr(0, end);
        rest_.remove_prefix(end);
        return true;
    }

    bool read_quoted(std::string& field) {
        rest_.remove_prefix(1);
        while (true) {
            const std::size_t end = rest_.find('"');
            if (end == std::string_view::npos) {
                return false;
            }
            field += rest_.substr(0, end);
            rest_.remove_prefix(end + 1);
            if (!rest_.starts_with('"')) {
                return rest_.empty() || rest_.front() == separator_ || rest_.front() == '\r' ||
                       rest_.front() == '\n';
            }
            field += '"';
            rest_.remove_prefix(1);
        }
    }

    void end_line() {
        if (rest_.starts_with('\r')) {
            rest_.remove_prefix(1);
        }
        if (rest_.starts_with('\n')) {
            rest_.remove_prefix(1);
        }
        end_row();
    }

    void end_row() {
        const bool nothing = row_.empty() || (row_.size() == 1 && row_.front().empty());
        if (!nothing) {
            rows_.push_back(std::move(row_));
        }
        row_.clear();
    }

    std::string_view rest_;
    char separator_;
    csv_row row_;
    std::vector<csv_row> rows_;
};

} // namespace

std::optional<std::vector<csv_row>> parse_csv(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    return csv_reader(text).read();
}

std::string to_csv_line(const csv_row& row) {
    std::string line;
    for (const std::string& field : row) {
        line += &field == &row.front() ? "" : ",";
        if (field.find_first_of(",;\"\r\n") == std::string::npos) {
            line += field;
            continue;
        }
        line += '"';
        for (const char one : field) {
            line += one == '"' ? "\"\"" : std::string(1, one);
        }
        line += '"';
    }
    return line;
}

} // namespace tertulia::wire
