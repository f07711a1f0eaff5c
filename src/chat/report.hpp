// SPDX-License-Identifier: Apache-2.0
// What people report to those who keep order: kept until one of them closes it.
#pragma once

#include "base/id.hpp"
#include "base/name.hpp"
#include "base/time.hpp"
#include "chat/card.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tertulia::chat {

using report_id = base::id<struct report_tag>; // small: operators type it

struct report {
    report_id id;
    std::string by;       // nicknames
    std::string whom;     // may be empty where a message is meant
    message_number about; // 0: no message
    std::string why;
    base::wall_time at;
};

// Of somebody who is there, was there lately or has an account; or of a message.
struct file_report {
    base::name whom;
    message_number about = {};
    std::string why;
};
// Needs the right `reports`, as does the list.
struct close_report {
    report_id which;
    std::string note;
};
struct ask_reports {};
struct reports_answer {
    std::vector<report> open; // the oldest first
};

struct report_saved {
    report what;
    bool open = true; // else it is no more
};
// To whoever made it, to the operators who are there, and to the one who closed it.
enum class reported_as : std::uint8_t { receipt, news, closed };
struct reported {
    report what;
    reported_as heard_as = reported_as::news;
};

} // namespace tertulia::chat
