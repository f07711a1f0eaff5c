// SPDX-License-Identifier: Apache-2.0
// Where callers wait whom a proxy announces (PROXY protocol), until it has said where they come
// from; before TLS, before anything of theirs is read. Lives on one network thread.
#pragma once

#include "base/time.hpp"
#include "net/loop.hpp"
#include "net/waitable.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

namespace tertulia::net {

class porch {
public:
    // What becomes of a caller that was announced, and of a place whose caller was not.
    using host = std::function<void(arrival one)>;
    using loss = std::function<void()>;

    explicit porch(boost::asio::io_context& io) : io_(io) {}

    void take(arrival one, base::steady_time now, const loss& lost);

    [[nodiscard]] bool busy() const;
    [[nodiscard]] std::optional<base::steady_time> wakes_at() const;
    void serve(base::steady_time now, const host& welcome, const loss& lost);

    // For those still here.
    void close(const loss& lost);

private:
    struct guest {
        arrival one;
        waitable socket;
        std::string header; // what came of it
        base::steady_time until;
        bool ready = false;
    };
    enum class state : std::uint8_t { waits, announced, lost };
    [[nodiscard]] static state listen(guest& to);
    void wait(std::uint64_t number);

    boost::asio::io_context& io_;
    std::map<std::uint64_t, guest> guests_;
    std::uint64_t last_ = 0;
};

} // namespace tertulia::net
