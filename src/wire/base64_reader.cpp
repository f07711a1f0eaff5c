// SPDX-License-Identifier: Apache-2.0
#include "wire/base64_reader.hpp"

#include "base/base64.hpp"
#include "base/classic_limits.hpp"
#include "base/text.hpp"

#include <optional>
#include <utility>

namespace tertulia::wire {
namespace {

constexpr std::size_t quad_size = 4;

bool is_blank(char one) { return one == ' ' || one == '\t' || one == '\r' || one == '\n'; }

} // namespace

void base64_reader::read(std::string_view bytes, std::vector<std::string>& messages) {
    for (const char one : bytes) {
        if (quad_.empty() && is_blank(one)) {
            continue;
        }
        quad_ += one;
        if (quad_.size() == quad_size && !take_quad(messages)) {
            forget();
            return;
        }
    }
}

void base64_reader::forget() {
    quad_.clear();
    message_.clear();
}

bool base64_reader::take_quad(std::vector<std::string>& messages) {
    const bool padded = quad_.ends_with('=');
    const std::optional<std::string> decoded = base::from_base64(std::exchange(quad_, {}));
    if (!decoded) {
        return false;
    }
    for (const char one : *decoded) {
        if (one != '\n') {
            message_ += one;
        } else if (!finish(messages)) {
            return false;
        }
    }
    if (padded && !message_.empty()) {
        return finish(messages);
    }
    return message_.size() <= base::limits::classic_message_size_max;
}

bool base64_reader::finish(std::vector<std::string>& messages) {
    if (!base::valid_utf8(message_)) {
        return false;
    }
    messages.push_back(std::exchange(message_, {}));
    return true;
}

} // namespace tertulia::wire
