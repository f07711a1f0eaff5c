// SPDX-License-Identifier: Apache-2.0
#include "wire/http_body.hpp"

#include <algorithm>
#include <charconv>

namespace tertulia::wire {
namespace {

constexpr std::size_t size_digits_max = 8;

} // namespace

http_body::http_body(const http_head& of) {
    if (of.chunked) {
        at_ = place::chunk_size;
    } else if (of.content_length.value_or(0) > 0) {
        at_ = place::data;
        left_ = *of.content_length;
    }
}

http_body::piece http_body::take(std::string_view bytes) {
    switch (at_) {
    case place::data:
    case place::chunk_data: return take_data(bytes);
    case place::end: return {};
    default: return take_line(bytes);
    }
}

http_body::piece http_body::take_data(std::string_view bytes) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
    left_ -= size;
    size_ += size;
    if (left_ == 0) {
        at_ = at_ == place::data ? place::end : place::chunk_end;
    }
    return {size, bytes.substr(0, size), false};
}

http_body::piece http_body::take_line(std::string_view bytes) {
    const std::size_t end = bytes.find("\r\n");
    if (end == std::string_view::npos) {
        const bool ends_in_return = bytes.ends_with('\r');
        return {.malformed = bytes.size() > size_digits_max + (ends_in_return ? 1U : 0U)};
    }
    const std::string_view line = bytes.substr(0, end);
    if (at_ != place::chunk_size) {
        at_ = at_ == place::last_line ? place::end : place::chunk_size;
        return {end + 2, {}, !line.empty()};
    }
    std::uint32_t size = 0;
    const auto [rest, fault] = std::from_chars(line.data(), line.data() + end, size, 16);
    if (end == 0 || end > size_digits_max || fault != std::errc{} || rest != line.data() + end) {
        return {.malformed = true};
    }
    left_ = size;
    at_ = size == 0 ? place::last_line : place::chunk_data;
    return {end + 2, {}, false};
}

} // namespace tertulia::wire
