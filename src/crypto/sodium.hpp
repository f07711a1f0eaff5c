// SPDX-License-Identifier: Apache-2.0
// libsodium finds its source of randomness and the fastest code for this processor once, here; what
// draws a random number or hashes a password calls it first. Safe from any thread.
#pragma once

namespace tertulia::crypto {

void start_sodium();

} // namespace tertulia::crypto
