// SPDX-License-Identifier: Apache-2.0
// Work of a protocol that may block or takes long (a disk, a picture): done on a thread of its own,
// and given back with what came of it.
//
//     struct measuring final : chore { std::string path; std::uint64_t size = 0; void run(); };
//     out.chore = std::make_unique<measuring>(…);   // later: deliver_chore({that, true}, …)
#pragma once

#include <cstdint>
#include <memory>

namespace tertulia::session {

class chore {
public:
    virtual ~chore() = default;
    // On another thread, once. Never throws; what came of it stays in the object.
    virtual void run() = 0;
    // Seconds, not milliseconds: such chores wait for each other and keep no other one waiting.
    [[nodiscard]] virtual bool takes_long() const { return false; }
    // For whom, by any number that tells people apart: who asks for much waits for herself. 0: it
    // does not matter.
    [[nodiscard]] virtual std::uint64_t asker() const { return 0; }
};

struct chore_done {
    std::unique_ptr<chore> what;
    bool ran = false; // false: too many were waiting
};

} // namespace tertulia::session
