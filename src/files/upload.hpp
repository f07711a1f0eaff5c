// SPDX-License-Identifier: Apache-2.0
// One file on its way in, from its first byte to its row: written beside the others, looked into,
// moved to its place, made known. Whatever fails on the way leaves nothing behind.
#pragma once

#include "files/keeper.hpp"
#include "media/worker.hpp"

#include <memory>
#include <optional>
#include <string>
#include <system_error>

namespace tertulia::files {

class upload final : public session::incoming_file {
public:
    upload(keeper& at, session::file_wish wish, keeper::uploader who);
    ~upload() override;
    upload(const upload&) = delete;
    upload& operator=(const upload&) = delete;

    // Why there is no place for its bytes; none: there is.
    [[nodiscard]] std::error_code fault() const { return fault_; }
    std::optional<session::file_refusal> write(std::string_view bytes) override;
    [[nodiscard]] bool takes_long() const override; // pictures do
    std::expected<session::file_facts, session::file_refusal> finish() override;

private:
    [[nodiscard]] std::optional<session::file_refusal> look_into(session::file_facts& facts);
    [[nodiscard]] bool rewrite(std::string_view content);
    [[nodiscard]] std::uint64_t room_taken() const;
    [[nodiscard]] std::optional<session::file_refusal> keep(session::file_facts& facts);

    keeper& at_;
    session::file_wish wish_;
    keeper::uploader who_;
    std::string path_;
    handle bytes_;
    std::error_code fault_;
    std::uint64_t size_ = 0;
    std::uint64_t booked_;      // of the keeper's bytes under way
    std::uint64_t written_ = 0; // of these
    std::string beginning_;     // of its bytes, which tells what it is
    std::string thumbnail_;
};

} // namespace tertulia::files
