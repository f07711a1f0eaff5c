// SPDX-License-Identifier: Apache-2.0
#include "wire/websocket.hpp"

#include "base/text.hpp"

namespace tertulia::wire {
namespace {

constexpr unsigned final_bit = 0x80;
constexpr unsigned reserved_bits = 0x70;
constexpr unsigned masked_bit = 0x80;
constexpr std::size_t control_payload_max = 125;
constexpr unsigned size_in_2_bytes = 126;
constexpr unsigned size_in_8_bytes = 127;

unsigned byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char one : bytes) {
        value = value << 8U | static_cast<unsigned char>(one);
    }
    return value;
}

void append_big_endian(std::uint64_t value, std::size_t size, std::string& out) {
    for (std::size_t i = size; i > 0; --i) {
        out += static_cast<char>(value >> 8U * (i - 1) & 0xFFU);
    }
}

bool is_known(unsigned opcode) { return opcode <= 2 || (opcode >= 8 && opcode <= 10); }

websocket_reading fault(std::uint16_t status) { return {.fault = status}; }

enum class sender : unsigned { server = 0, client = masked_bit };

void append_header(websocket_opcode what, sender from, std::size_t size, std::string& out) {
    const auto mark = static_cast<unsigned>(from);
    out += static_cast<char>(final_bit | static_cast<unsigned>(what));
    if (size < size_in_2_bytes) {
        out += static_cast<char>(mark | static_cast<unsigned>(size));
    } else if (size <= 0xFFFFU) {
        out += static_cast<char>(mark | size_in_2_bytes);
        append_big_endian(size, 2, out);
    } else {
        out += static_cast<char>(mark | size_in_8_bytes);
        append_big_endian(size, 8, out);
    }
}

websocket_reading read_frame(std::string_view bytes, sender from, std::size_t payload_max) {
    if (bytes.size() < 2) {
        return {};
    }
    const unsigned first = byte_at(bytes, 0);
    const unsigned second = byte_at(bytes, 1);
    const unsigned opcode = first & 0x0FU;
    websocket_reading made;
    made.frame.what = static_cast<websocket_opcode>(opcode);
    made.frame.final = (first & final_bit) != 0;
    const unsigned short_size = second & 0x7FU;
    const bool control = is_control(made.frame.what);
    if ((first & reserved_bits) != 0 || !is_known(opcode) ||
        (second & masked_bit) != static_cast<unsigned>(from) ||
        (control && (!made.frame.final || short_size > control_payload_max))) {
        return fault(websocket_status::protocol_error);
    }
    const std::size_t size_bytes = short_size == size_in_8_bytes   ? 8
                                   : short_size == size_in_2_bytes ? 2
                                                                   : 0;
    if (bytes.size() < 2 + size_bytes) {
        return {};
    }
    const std::uint64_t size =
        size_bytes == 0 ? short_size : big_endian(bytes.substr(2, size_bytes));
    // The shortest way to say a size is the only one (5.2).
    if ((size_bytes == 2 && size < size_in_2_bytes) || (size_bytes == 8 && size <= 0xFFFFU)) {
        return fault(websocket_status::protocol_error);
    }
    if (size > payload_max) {
        return fault(websocket_status::too_big);
    }
    const std::size_t mask_size = from == sender::client ? made.frame.mask.size() : 0;
    const std::size_t header = 2 + size_bytes + mask_size;
    if (bytes.size() < header + size) {
        return {};
    }
    bytes.copy(made.frame.mask.data(), mask_size, 2 + size_bytes);
    made.frame.masked = bytes.substr(header, static_cast<std::size_t>(size));
    made.size = header + static_cast<std::size_t>(size);
    return made;
}

} // namespace

void websocket_frame::append_payload(std::string& out) const {
    const std::size_t before = out.size();
    out.append(masked);
    for (std::size_t i = 0; i < masked.size(); ++i) {
        out[before + i] = static_cast<char>(out[before + i] ^ mask[i % mask.size()]);
    }
}

websocket_reading read_client_frame(std::string_view bytes, std::size_t payload_max) {
    return read_frame(bytes, sender::client, payload_max);
}

websocket_reading read_server_frame(std::string_view bytes, std::size_t payload_max) {
    return read_frame(bytes, sender::server, payload_max);
}

void append_server_frame(websocket_opcode what, std::string_view payload, std::string& out) {
    append_header(what, sender::server, payload.size(), out);
    out += payload;
}

void append_client_frame(websocket_opcode what, std::string_view payload,
                         const std::array<char, 4>& mask, std::string& out) {
    append_header(what, sender::client, payload.size(), out);
    out.append(mask.data(), mask.size());
    websocket_frame{.mask = mask, .masked = payload}.append_payload(out);
}

void append_server_close(std::uint16_t status, std::string_view reason, std::string& out) {
    std::string payload;
    append_big_endian(status, 2, payload);
    payload += base::truncate_utf8(reason, control_payload_max - payload.size());
    append_server_frame(websocket_opcode::close, payload, out);
}

std::optional<std::uint16_t> read_close_status(std::string_view payload) {
    if (payload.empty()) {
        return websocket_status::none_given;
    }
    if (payload.size() == 1 || !base::valid_utf8(payload.substr(2))) {
        return std::nullopt;
    }
    const auto status = static_cast<std::uint16_t>(big_endian(payload.substr(0, 2)));
    const bool registered =
        (status >= 1000 && status <= 1003) || (status >= 1007 && status <= 1014);
    const bool free_to_use = status >= 3000 && status <= 4999;
    return registered || free_to_use ? std::optional(status) : std::nullopt;
}

} // namespace tertulia::wire
