// SPDX-License-Identifier: Apache-2.0
// SCRAM's two sides and the line that keys are stored as. The input is lines: the first is a
// client-first message, those that follow go to both sides as whatever could come next. Nobody may
// get through but by the exchange of RFC 7677, which the corpus knows; after a first line alone, an
// honest client of that name and nonce must.
#include "crypto/scram.hpp"

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "crypto/scram_client.hpp"
#include "crypto/scram_example.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;
namespace example = tests::scram_example;

namespace {

// So that the answer, which repeats the nonce, is no longer than a message may be.
constexpr std::size_t honest_size_max = base::limits::scram_message_size_max / 2;

// Five digits in a row could be iterations that take seconds.
bool is_slow(std::string_view text) {
    std::size_t row = 0;
    return std::ranges::any_of(text, [&](char one) {
        row = one >= '0' && one <= '9' ? row + 1 : 0;
        return row > 4;
    });
}

const crypto::scram_keys& keys() {
    static const crypto::scram_keys made = example::keys();
    return made;
}

void try_server(const crypto::scram_opening& opening, std::string_view said) {
    const crypto::scram_exchange exchange(opening, keys(), example::server_nonce);
    const auto answer = exchange.finish(said);
    const bool known =
        opening.header + opening.bare == example::client_first && said == example::client_final;
    ASSERT(answer.has_value() == known);
    ASSERT(answer ? *answer == example::server_final
                  : crypto::scram_refusal(answer.error()).starts_with("e="));
}

void try_honest(const crypto::scram_opening& opening) {
    crypto::scram_client client(opening.account, example::password(), opening.nonce);
    const auto again = crypto::read_scram_opening(client.first());
    ASSERT(again && again->account == opening.account && again->nonce == opening.nonce);
    const crypto::scram_exchange exchange(*again, keys(), example::server_nonce);
    const auto client_final = client.answer(exchange.server_first());
    ASSERT(client_final.has_value());
    const auto server_final = exchange.finish(*client_final);
    ASSERT(server_final && client.confirm(*server_final));
}

void try_client(std::string_view said) {
    crypto::scram_client client("user", example::password(), example::client_nonce);
    ASSERT(!client.confirm(said));
    if (client.answer(said)) {
        ASSERT(!client.confirm(said));
    }
}

void try_keys(std::string_view line) {
    const auto keys = crypto::parse_scram_keys(line);
    ASSERT(!keys || crypto::to_text(*keys) == line);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view script(reinterpret_cast<const char*>(data), size);
    if (is_slow(script)) {
        return 0;
    }
    const std::string_view first = script.substr(0, script.find('\n'));
    const auto opening = crypto::read_scram_opening(first);
    ASSERT(!opening || first == opening->header + opening->bare);
    if (opening && script.size() == first.size() && first.size() < honest_size_max) {
        try_honest(*opening);
    }
    while (!script.empty()) {
        const std::string_view line = script.substr(0, script.find('\n'));
        script.remove_prefix(std::min(line.size() + 1, script.size()));
        try_client(line);
        try_keys(line);
        if (opening) {
            try_server(*opening, line);
        }
    }
    return 0;
}
