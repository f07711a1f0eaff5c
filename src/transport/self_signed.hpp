// SPDX-License-Identifier: Apache-2.0
// A certificate for a server that was given none: made once and kept, so that those who trusted it
// at their first visit find the same one at the next.
#pragma once

#include "base/result.hpp"

#include <string>

namespace tertulia::transport {

// Writes both PEM files where they are not there yet: EC P-256, ten years, the key for the owner's
// eyes only. Does nothing when both are there; one without the other is an error.
[[nodiscard]] base::result<void> make_self_signed(const std::string& certificate_path,
                                                  const std::string& key_path,
                                                  const std::string& server_name);

// SHA-256 of the (first) certificate in a PEM file: "AB:CD:…", what clients show their users.
[[nodiscard]] base::result<std::string> fingerprint(const std::string& certificate_path);

} // namespace tertulia::transport
