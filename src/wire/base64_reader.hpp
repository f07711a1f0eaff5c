// SPDX-License-Identifier: Apache-2.0
// Messages out of a stream of base64 that has no frames: quad by quad, over reads. Padding or a
// decoded line feed ends a message, so that messages which TCP glued together are cut apart.
//
//     reader.read("QW5hIGhvbGEK" "QmVuIQ==", messages)   ->  "Ana hola", "Ben!"
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::wire {

class base64_reader {
public:
    // Appends the messages that are complete now: UTF-8, without their line feed. Blanks between
    // quads are skipped. At a quad with a foreign byte, or a message that is not UTF-8 or too long,
    // what is unfinished and the rest of `bytes` are thrown away.
    void read(std::string_view bytes, std::vector<std::string>& messages);

    [[nodiscard]] bool unfinished() const { return !quad_.empty() || !message_.empty(); }
    void forget();

private:
    [[nodiscard]] bool take_quad(std::vector<std::string>& messages);
    [[nodiscard]] bool finish(std::vector<std::string>& messages);

    std::string quad_;    // the letters of one that is not complete
    std::string message_; // decoded
};

} // namespace tertulia::wire
