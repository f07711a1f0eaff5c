// SPDX-License-Identifier: Apache-2.0
#include "irc/sasl.hpp"

#include "base/base64.hpp"
#include "irc/lines.hpp"
#include "irc/settings.hpp"

namespace tertulia::irc {

std::string_view sasl_mechanisms(const settings& by, outside_proof outside) {
    if (outside == outside_proof::there) {
        return by.scram ? "EXTERNAL,PLAIN,SCRAM-SHA-256" : "EXTERNAL,PLAIN";
    }
    return by.scram ? "PLAIN,SCRAM-SHA-256" : "PLAIN";
}

std::optional<sasl_mechanism> find_sasl_mechanism(const settings& by, outside_proof outside,
                                                  std::string_view name) {
    const std::string wanted = in_capitals(name);
    if (wanted == "PLAIN") {
        return sasl_mechanism::plain;
    }
    if (wanted == "SCRAM-SHA-256" && by.scram) {
        return sasl_mechanism::scram_sha_256;
    }
    if (wanted == "EXTERNAL" && outside == outside_proof::there) {
        return sasl_mechanism::external;
    }
    return std::nullopt;
}

std::optional<sasl_plain> read_sasl_plain(std::string_view message) {
    const std::size_t first = message.find('\0');
    const std::size_t second =
        first == std::string_view::npos ? first : message.find('\0', first + 1);
    if (second == std::string_view::npos || message.find('\0', second + 1) != message.npos) {
        return std::nullopt;
    }
    return sasl_plain{std::string(message.substr(0, first)),
                      std::string(message.substr(first + 1, second - first - 1)),
                      std::string(message.substr(second + 1))};
}

std::vector<std::string> sasl_lines(std::string_view message) {
    const std::string text = base::to_base64(message);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size(); at += sasl_line_size) {
        lines.push_back(text.substr(at, sasl_line_size));
    }
    if (lines.empty() || lines.back().size() == sasl_line_size) {
        lines.emplace_back("+");
    }
    return lines;
}

} // namespace tertulia::irc
