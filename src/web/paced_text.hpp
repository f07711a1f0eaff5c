// SPDX-License-Identifier: Apache-2.0
// A text that tells when its reader has taken what stands before it: so a long answer is read from
// the disk page by page, as fast as it is taken and no faster.
#pragma once

#include "session/protocol.hpp"

#include <chrono>
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
        out += text_;
        *taken_ = true;
        return false;
    }

private:
    std::string text_;
    std::shared_ptr<bool> taken_;
};

} // namespace tertulia::web
