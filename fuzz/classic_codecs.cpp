// SPDX-License-Identifier: Apache-2.0
// The codecs of the classic dialects: what is read is written as the same, however reads cut it,
// and what is written holds nothing that the other side could take for something else.
#include "base/assert.hpp"
#include "base/characters.hpp"
#include "base/classic_limits.hpp"
#include "base/text.hpp"
#include "wire/base64_reader.hpp"
#include "wire/caesar.hpp"
#include "wire/python_list.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace tertulia;

namespace {

using lists = std::vector<std::vector<std::string>>;

void take(wire::python_list_reader& reader, std::string_view bytes, lists& to) {
    using found = wire::python_list_reader::found;
    for (found what = reader.read(bytes); what != found::nothing; what = reader.read(bytes)) {
        if (what == found::list) {
            to.push_back(reader.list());
        }
    }
    ASSERT(bytes.empty());
}

void check_lists(std::string_view input) {
    lists at_once;
    wire::python_list_reader whole;
    take(whole, input, at_once);
    lists byte_by_byte;
    wire::python_list_reader slow;
    for (std::size_t at = 0; at < input.size(); ++at) {
        take(slow, input.substr(at, 1), byte_by_byte);
    }
    ASSERT(at_once == byte_by_byte);
    for (const std::vector<std::string>& one : at_once) {
        const std::string written = wire::python_list(one);
        ASSERT(wire::parse_python_list(written) == one);
        ASSERT(written.find_first_of("\r\n") == std::string::npos);
    }
}

void check_base64(std::string_view input) {
    wire::base64_reader reader;
    std::vector<std::string> messages;
    const std::size_t half = input.size() / 2;
    reader.read(input.substr(0, half), messages);
    reader.read(input.substr(half), messages);
    for (const std::string& one : messages) {
        ASSERT(base::valid_utf8(one) && !one.contains('\n'));
        ASSERT(one.size() <= base::limits::classic_message_size_max + 3);
    }
}

void check_caesar(std::string_view input) {
    ASSERT(wire::caesar_decipher(wire::caesar_cipher(input)) == input);
    if (!base::valid_utf8(input)) {
        return;
    }
    const std::string fit = wire::for_caesar(input);
    ASSERT(base::valid_utf8(fit));
    for (std::size_t at = 0; at < fit.size();) {
        const char32_t one = base::next_character(fit, at);
        ASSERT(one < 0x80 || !base::is_letter(one));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    check_lists(input);
    check_base64(input);
    check_caesar(input);
    return 0;
}
