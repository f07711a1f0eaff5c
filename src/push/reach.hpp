// SPDX-License-Identifier: Apache-2.0
// A connection to a push service that a stranger named: only to an address that was looked at, so
// that no name leads into the house, whatever it led to a moment before. Waits; for a thread that
// has nothing else to do.
#pragma once

#include "base/public_address.hpp"
#include "base/time.hpp"
#include "transport/socket.hpp"
#include "wire/push_endpoint.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace tertulia::push {

// Until when something may take, and who says that it ends before.
struct patience {
    std::chrono::steady_clock::time_point until;
    std::stop_token stop;
};

enum class reach_fault : std::uint8_t {
    nowhere,  // the name leads nowhere, or nobody answers there: perhaps later
    not_ours, // it leads where strangers may not have us go
};

// What a name leads to; empty: nothing, or not in time.
using finder =
    std::function<std::vector<base::address_bytes>(const std::string& host, const patience& with)>;
// By the system's resolver.
[[nodiscard]] std::vector<base::address_bytes> find_addresses(const std::string& host,
                                                              const patience& with);

// Whether all that is found there may be reached: public addresses at https's own port, or whatever
// the operator trusts by its origin.
enum class trust : std::uint8_t { of_strangers, of_the_operator };
[[nodiscard]] std::expected<std::vector<base::address_bytes>, reach_fault>
allowed_addresses(const wire::push_endpoint& to, trust in, const finder& find,
                  const patience& with);

// Connected, to the first of them that answers; the socket does not block.
[[nodiscard]] std::expected<transport::descriptor, reach_fault>
connect_to(const std::vector<base::address_bytes>& addresses, std::uint16_t port,
           const patience& with);

// Until the socket is ready for that (POLLIN, POLLOUT). False: not in time, or no more wanted.
[[nodiscard]] bool wait_for(int socket, short what, const patience& with);

} // namespace tertulia::push
