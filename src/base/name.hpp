// SPDX-License-Identifier: Apache-2.0
// A nickname or a room's name as the heart takes it: already normalised and folded at the door
// (base/text.hpp), so that the heart itself knows nothing of Unicode.
#pragma once

#include <cstdint>
#include <string>

namespace tertulia::base {

struct name {
    std::string display; // NFC, as it is shown
    std::string key;     // NFC and case fold: two names are the same when their keys are equal
    std::uint64_t skeleton = 0; // two hashes of UTS #39 skeletons: above as shown, below of the key
    bool latin = true; // plain: of ASCII alone; such names may be more like one another than others

    friend bool operator==(const name&, const name&) = default;
};

} // namespace tertulia::base
