// SPDX-License-Identifier: Apache-2.0
// One client of each classic dialect in one room, and one who is on IRC. Each line of the input is
// a step: its first byte says whose, the rest is one read. Whatever was sent, every client was
// written only what it can take for what it is.
#include "base/assert.hpp"
#include "base/base64.hpp"
#include "base/text.hpp"
#include "classic/hall.hpp"
#include "wire/caesar.hpp"
#include "wire/python_list.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

namespace {

constexpr std::array kinds{"base64", "caesar", "labels", "nickname", "roster"};

void check_roster(std::string_view write) {
    if (write.starts_with("USERS:")) {
        ASSERT(write.size() <= 1'000);
        for (write.remove_prefix(6); !write.empty();) {
            const std::string_view pair = write.substr(0, write.find("&&"));
            write.remove_prefix(std::min(pair.size() + 2, write.size()));
            const std::size_t mark = pair.find("||");
            ASSERT(mark != std::string_view::npos);
            ASSERT(!pair.substr(mark + 2).contains("||")); // a name may begin with one '|'
        }
    } else if (!write.starts_with("ID:")) {
        const std::size_t first = write.find("||");
        ASSERT(first != std::string_view::npos);
        const std::string_view number = write.substr(0, first);
        ASSERT(number == "-1" || std::ranges::all_of(number, [](unsigned char one) {
                   return std::isdigit(one) != 0;
               }));
        ASSERT(write.find("&&") == std::string_view::npos);
    }
}

void check(std::string_view kind, const std::string& write) {
    ASSERT(!write.empty() && write.size() <= (kind == "base64" ? 4'096U : 1'024U));
    ASSERT(base::valid_utf8(write));
    if (kind == "labels") {
        ASSERT(wire::parse_python_list(write));
    } else if (kind == "roster") {
        check_roster(write);
    } else if (kind == "base64") {
        ASSERT(write.ends_with('\n') && (write.starts_with('\r') || write.starts_with('[')));
    }
}

class play {
public:
    play() {
        house_.arrives("luis");
        for (std::size_t at = 0; at < kinds.size(); ++at) {
            guests_[at] = &house_.connects(kinds[at]);
        }
        guests_[2]->sends("['eva', 'secreto123', '1']['eva', 'secreto123', '2']");
    }

    // 1 to 5  that client's read        c, b    ciphered, in base64
    // i       he on IRC says it         w       time passes
    void step(char what, std::string_view rest) {
        const auto index = static_cast<std::size_t>(what - '1');
        if (what >= '1' && index < guests_.size()) {
            guests_[index]->sends(rest);
        } else if (what == 'c') {
            guests_[1]->sends(wire::caesar_cipher(rest));
        } else if (what == 'b') {
            guests_[0]->sends(base::to_base64(rest));
        } else if (what == 'i' && base::valid_utf8(rest)) {
            house_.says("luis", "#lobby", std::string(rest));
        } else if (what == 'w') {
            house_.waits(std::chrono::seconds(11));
        }
    }

    void end() {
        house_.waits(std::chrono::seconds(3));
        for (std::size_t at = 0; at < kinds.size(); ++at) {
            for (const std::string& write : guests_[at]->hears_now()) {
                check(kinds[at], write);
            }
        }
    }

private:
    tests::hall house_;
    std::array<tests::guest*, kinds.size()> guests_{};
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view script(reinterpret_cast<const char*>(data), size);
    play scene;
    while (!script.empty()) {
        const std::string_view line = script.substr(0, script.find('\n'));
        script.remove_prefix(std::min(line.size() + 1, script.size()));
        if (!line.empty()) {
            scene.step(line.front(), line.substr(1));
        }
    }
    scene.end();
    return 0;
}
