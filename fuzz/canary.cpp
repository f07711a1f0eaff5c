// SPDX-License-Identifier: Apache-2.0
// The target that must fail: behind a word that only a search led by coverage finds within seconds
// lies the fault that CANARY names. script/fuzz runs it for each of them, as proof that the set-up
// finds its way and that nothing of the kind goes unnoticed.
#include "base/assert.hpp"
#include "wire/irc_line.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace tertulia;

namespace {

std::string_view wanted_fault() {
    const char* const named = std::getenv("CANARY");
    return named == nullptr ? "" : named;
}

// `one` is 1, but the compiler must not know it.
void do_wrong(std::string_view fault, std::string_view text, int one) {
    if (fault == "assertion") {
        ASSERT(one == 0);
    } else if (fault == "memory") {
        const std::vector<char> copy(text.begin(), text.end());
        const volatile char* const bytes = copy.data();
        static_cast<void>(bytes[copy.size()]);
    } else if (fault == "undefined") {
        volatile int number = std::numeric_limits<int>::max();
        number = number + one;
    } else if (fault == "leak") {
        static_cast<void>(std::make_unique<std::string>(text).release());
    } else if (fault == "endless") {
        for (volatile int turns = one; turns != 0; turns = one) {}
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string_view fault = wanted_fault();
    wire::irc_line line;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (wire::parse_irc_line(text, line) == wire::line_fault::none && line.verb == "SING") {
        do_wrong(fault, text, static_cast<int>(size / size));
    }
    return 0;
}
