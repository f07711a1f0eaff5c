// SPDX-License-Identifier: Apache-2.0
// What a protocol may ask of the files that people hand in. All of it may wait for the disk, or for
// a picture, so it is called in a chore (session/chore.hpp), on any thread.
#pragma once

#include "base/time.hpp"
#include "chat/card.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::session {

struct file_facts {
    std::string id;   // 22 characters of base64url, which nobody guesses
    std::string name; // made harmless
    std::string type; // found in its bytes, or claimed and harmless
    std::string tag;  // its content's, 64 hexadecimal digits
    std::uint64_t size = 0;
    std::uint32_t width = 0; // of a picture
    std::uint32_t height = 0;
    bool picture = false;   // one that browsers show; freed of what it told beside
    bool thumbnail = false; // there is a small one, a WebP
    base::wall_time made_at;
};

enum class file_refusal : std::uint8_t {
    not_found,
    not_allowed,        // one would have to log in, or is not among its readers
    guests_not_allowed, // only accounts may hand in files
    too_large,
    over_quota,
    disk_full,
    unreadable_picture,
    too_many, // uploads of hers under way
    busy,     // uploads of all
    failed,
};

struct file_wish {
    std::string name; // as its sender spelt it
    std::string type; // what its sender says
    std::optional<std::uint64_t> size;
    chat::person_id owner;     // an account; 0: a guest
    std::uint64_t address = 0; // what guests are counted by
};

// One on its way in. What is not finished leaves nothing behind.
class incoming_file {
public:
    virtual ~incoming_file() = default;
    [[nodiscard]] virtual std::optional<file_refusal> write(std::string_view bytes) = 0;
    // Will finish() take seconds? When all is written.
    [[nodiscard]] virtual bool takes_long() const { return false; }
    // From here on it is there, after a power cut too.
    [[nodiscard]] virtual std::expected<file_facts, file_refusal> finish() = 0;
};

enum class file_part : std::uint8_t { whole, thumbnail };

class open_file {
public:
    virtual ~open_file() = default;
    [[nodiscard]] virtual const file_facts& facts() const = 0;
    [[nodiscard]] virtual std::uint64_t size() const = 0; // of the part that is open
    // Appends what is there from `at` on; false where it fails.
    virtual bool read(std::uint64_t at, std::size_t size, std::string& out) const = 0;
    // These bytes will be read soon: has the disk bring them, and does not wait for it.
    virtual void expect(std::uint64_t /*at*/, std::uint64_t /*size*/) const {}
};

// Who wants to read: an account, somebody with a pass to one conversation's files, or (neither)
// somebody who has the link alone.
struct file_reader {
    chat::person_id account;
    chat::conversation_id in;
};

class file_keeper {
public:
    virtual ~file_keeper() = default;

    [[nodiscard]] virtual std::expected<std::unique_ptr<incoming_file>, file_refusal>
    begin(const file_wish& wish) = 0;

    [[nodiscard]] virtual std::expected<std::unique_ptr<open_file>, file_refusal>
    open(std::string_view id, file_part which, file_reader reader) = 0;

    // Bytes of all that is kept; none: it cannot be asked now.
    [[nodiscard]] virtual std::optional<std::uint64_t> used() { return 0; }

    // What an account has handed in and is still kept.
    [[nodiscard]] virtual std::vector<file_facts> list(chat::person_id /*owner*/) { return {}; }

    // Bytes of one upload; what a route may take.
    [[nodiscard]] virtual std::uint64_t size_max() const = 0;

    // Bytes that an account may still hand in, or the guests (owner 0) at an address.
    [[nodiscard]] virtual std::uint64_t room_left(chat::person_id /*owner*/,
                                                  std::uint64_t /*address*/) {
        return size_max();
    }
};

} // namespace tertulia::session
