// SPDX-License-Identifier: Apache-2.0
// A text that is handed out in slices, and tells when its reader has taken all but the last: so a
// long answer is read from the disk page by page, as fast as it is taken and no faster.
#pragma once

#include "base/web_limits.hpp"
#include "session/protocol.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace tertulia::web {

// How soon is noticed that a page has left.
inline constexpr std::chrono::milliseconds page_looked_after{20};

class paced_text final : public session::listing {
public:
    paced_text(std::string text, std::shared_ptr<bool> taken)
        : text_(std::move(text)), taken_(std::move(taken)) {}

    bool next(std::string& out) override {
        const std::size_t size = std::min(base::limits::paced_slice_size, text_.size() - at_);
        out.append(text_, at_, size);
        at_ += size;
        *taken_ = at_ == text_.size();
        return !*taken_;
    }

private:
    std::string text_;
    std::size_t at_ = 0; // what stands before it has been handed out
    std::shared_ptr<bool> taken_;
};

} // namespace tertulia::web
