// SPDX-License-Identifier: Apache-2.0
// One line for one device, on its way from the desk to a courier.
#pragma once

#include "chat/push.hpp"

#include <cstdint>
#include <string>

namespace tertulia::push {

// RFC 8030, 5.3: whether it is worth waking a device.
enum class urgency : std::uint8_t { high, normal };

struct parcel {
    chat::push_registration to;
    std::string line; // of IRC, without its end
    urgency how = urgency::high;
    int attempts = 0;                // that did not succeed
    chat::person_id whose = {};      // the device
    chat::message_number about = {}; // 0: no message
};

} // namespace tertulia::push
