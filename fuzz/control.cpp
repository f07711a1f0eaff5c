// SPDX-License-Identifier: Apache-2.0
// Any bytes on the control socket: each line is answered once, or asks for one thing.
#include "server/control.hpp"

#include "base/assert.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const server::control_dialect speaks;
    server::control_session one(speaks);
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    for (int i = 0; i < 100 && !rest.empty(); ++i) {
        session::output out;
        const std::size_t taken = one.receive(rest, {}, out);
        ASSERT(taken <= rest.size() && out.requests.size() <= 1);
        ASSERT(!out.check || out.requests.empty());
        rest.remove_prefix(taken);
        if (out.close || (taken == 0 && !out.check && out.requests.empty())) {
            return 0;
        }
        if (out.check) {
            one.deliver_check(session::hashed{}, {}, out);
        }
        if (!out.requests.empty()) {
            const chat::origin cause{{}, out.requests.back().serial};
            session::output end;
            one.deliver({cause, {}, chat::nobody{}, chat::done{}}, {}, end);
            ASSERT(!end.empty());
        }
    }
    return 0;
}
