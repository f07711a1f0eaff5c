// SPDX-License-Identifier: Apache-2.0
// Gives up, for this process and for good, whatever reading a picture does not need. Linux.
#pragma once

namespace tertulia::media {

// False where the system would not have it; then nothing may be read.
[[nodiscard]] bool enter_sandbox();

} // namespace tertulia::media
