// SPDX-License-Identifier: Apache-2.0
// Links to files that are good for one reader and for minutes: for programs that know no cookie.
// They end with the process, too, for whose lifetime the key is. Immutable; any thread.
#pragma once

#include "base/time.hpp"
#include "chat/card.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::web {

inline constexpr std::chrono::minutes reader_link_life{10};

class reader_links {
public:
    reader_links();

    // What stands behind "?for=" in a link to that file.
    [[nodiscard]] std::string sign(std::string_view file, chat::person_id reader,
                                   base::wall_time now) const;
    // For whom; nothing where it is forged, of another file, or too old.
    [[nodiscard]] std::optional<chat::person_id>
    read(std::string_view file, std::string_view signature, base::wall_time now) const;

private:
    [[nodiscard]] std::string seal(std::string_view file, std::string_view facts) const;

    std::string key_;
};

} // namespace tertulia::web
