// SPDX-License-Identifier: Apache-2.0
// A variable of the environment as a test needs it, and as it was once the test is over.
#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

namespace tertulia::tests {

class environment_variable {
public:
    // Without a value it is not there.
    environment_variable(std::string name, const std::optional<std::string>& value)
        : name_(std::move(name)) {
        if (const char* const before = std::getenv(name_.c_str()); before != nullptr) {
            before_ = before;
        }
        set(value);
    }
    ~environment_variable() { set(before_); }
    environment_variable(const environment_variable&) = delete;
    environment_variable& operator=(const environment_variable&) = delete;

private:
    void set(const std::optional<std::string>& value) const {
        if (value) {
            ::setenv(name_.c_str(), value->c_str(), 1);
        } else {
            ::unsetenv(name_.c_str());
        }
    }

    std::string name_;
    std::optional<std::string> before_;
};

} // namespace tertulia::tests
