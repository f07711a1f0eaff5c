// SPDX-License-Identifier: Apache-2.0
// The files that people hand in: taken, looked at, kept once by content, handed out to who may read
// them, and gone with the messages that had their links. Any thread; what it does may take long.
#pragma once

#include "base/guarded.hpp"
#include "base/result.hpp"
#include "files/folder.hpp"
#include "files/index.hpp"
#include "files/pool.hpp"
#include "files/readers.hpp"
#include "session/files.hpp"
#include "store/database.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::files {

struct keeping {
    std::string data_folder;
    store::database_options messages; // the database is open already
    std::string program;              // our own binary, for pictures
    std::uint64_t size_max = 0;       // bytes of one file
    std::uint64_t account_quota = 0;  // bytes that an account may have here
    std::uint64_t guest_quota = 0;    // and the guests behind one address; 0: none
    std::uint64_t total_max = 0;      // bytes of all
    std::uint64_t reserve = 0;        // bytes of the disk that stay free
    std::function<base::wall_time()> now;
    // Told which files are gone for good, on any thread; empty: nobody is.
    std::function<void(const std::vector<std::string>& ids)> forgotten;
};

class keeper final : public session::file_keeper {
public:
    [[nodiscard]] static base::result<std::unique_ptr<keeper>> open(keeping how);

    [[nodiscard]] std::expected<std::unique_ptr<session::incoming_file>, session::file_refusal>
    begin(const session::file_wish& wish) override;
    [[nodiscard]] std::expected<std::unique_ptr<session::open_file>, session::file_refusal>
    open(std::string_view id, session::file_part which, session::file_reader reader) override;
    [[nodiscard]] std::vector<session::file_facts> list(chat::person_id owner) override;
    [[nodiscard]] std::optional<std::uint64_t> used() override;
    [[nodiscard]] std::uint64_t size_max() const override { return how_.size_max; }
    [[nodiscard]] std::uint64_t room_left(chat::person_id owner, std::uint64_t address) override;

    // Pictures that are being looked into are given up, and no other one is begun: the server
    // stops, and who would be told of them is going.
    void stop() { stopping_.request_stop(); }

    // Looks at some more files, whether anybody still needs them, and removes those that nobody
    // does; in one more of the folders also what no file is known to be, as a crash may leave it.
    // Called every minute or so, by one thread.
    void collect();

private:
    friend class upload;
    struct uploader {
        std::uint64_t account = 0; // 0: a guest
        std::uint64_t address = 0; // an account's, too
        bool newcomer = false;     // a guest, or an account that was made lately

        [[nodiscard]] bool is_guest() const { return account == 0; }
        // Accounts are one wherever they are.
        [[nodiscard]] std::uint64_t own_address() const { return is_guest() ? address : 0; }
        [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> key() const {
            return {account, own_address()};
        }
    };
    struct share {
        std::size_t count = 0;
        std::uint64_t bytes = 0;   // announced, or come so far
        std::uint64_t written = 0; // of these
        void add(const share& other);
        void take_off(const share& other);
    };
    struct coming {
        share all;
        share newcomers; // of these
        void add(const share& more, bool newcomer);
        void take_off(const share& some, bool newcomer);
    };
    struct under_way {
        std::map<std::pair<std::uint64_t, std::uint64_t>, share> of_each;
        std::map<std::uint64_t, std::size_t> newcomers_at; // by address
        coming total;
    };
    struct room {
        std::uint64_t own = 0; // what she may have besides what she has
        std::uint64_t all = 0; // what is left for everybody
    };

    explicit keeper(keeping how);
    [[nodiscard]] base::result<chat::person_id> last_settled();
    [[nodiscard]] base::result<uploader> known(chat::person_id owner, std::uint64_t address);
    [[nodiscard]] base::result<room> look_for_room(const uploader& who);
    [[nodiscard]] base::result<std::uint64_t>
    room_of_newcomer(index& of, std::uint64_t hers, const uploader& who, std::uint64_t left);
    [[nodiscard]] coming of_others(const uploader& than);
    [[nodiscard]] std::optional<session::file_refusal> room_for(const uploader& who,
                                                                std::uint64_t size);
    [[nodiscard]] bool remove_unneeded(index& of, const std::vector<kept_file>& some);
    void remove_content(index& of, const std::string& tag);
    void collect_of(const uploader& who);
    void collect_unknown(index& of);
    [[nodiscard]] std::optional<session::file_refusal> take_place(const uploader& who,
                                                                  std::uint64_t announced);
    [[nodiscard]] std::uint64_t bytes_under_way(const uploader& who);
    void book(const uploader& who, std::uint64_t bytes, std::uint64_t written);
    void end(const uploader& who, std::uint64_t booked, std::uint64_t written);

    keeping how_;
    pool<index> indexes_;
    pool<readers> readers_;
    folder folder_;
    base::guarded<under_way> under_way_;
    std::stop_source stopping_;
    std::string collected_up_to_;       // a file's id
    std::uint8_t next_looked_into_ = 0; // of the folder's parts
};

} // namespace tertulia::files
