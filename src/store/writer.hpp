// SPDX-License-Identifier: Apache-2.0
// The one writer: what lasts of a batch's events becomes rows. Lives on the commit thread.
#pragma once

#include "base/guarded.hpp"
#include "store/checkpoint.hpp"
#include "store/database.hpp"
#include "store/indexer.hpp"
#include "store/room_events.hpp"
#include "store/sqlite.hpp"

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::store {

struct message_row; // writer.cpp

class writer final : public storage {
public:
    ~writer() override;
    writer(const writer&) = delete;
    writer& operator=(const writer&) = delete;

    // The connection is open, migrated and in WAL mode.
    [[nodiscard]] static base::result<std::unique_ptr<storage>>
    start(connection on, const database_options& options);

    base::result<void> commit(std::span<const chat::batch_ref> batches) override;
    [[nodiscard]] bool note(std::span<const chat::batch_ref> batches) override;
    base::result<bool> tidy() override;
    void forget_files(const std::vector<std::string>& ids) override;
    [[nodiscard]] std::uint64_t free_space() const override;

private:
    writer(connection on, const database_options& options);
    using preparation = std::pair<statement*, std::string_view>; // what is prepared from which SQL
    [[nodiscard]] base::result<void> prepare(std::initializer_list<preparation> wanted);
    [[nodiscard]] base::result<void> prepare_talk();
    [[nodiscard]] base::result<void> prepare_people();

    [[nodiscard]] base::result<void> store(const chat::event& of);
    [[nodiscard]] base::result<void> store_body(const chat::event& of, const chat::spoke& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of, const chat::redacted& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of, const chat::edited& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::room_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::conversation_opened& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::conversation_ended& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::history_limited& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::numbers_reserved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::account_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::credentials_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::membership_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::invitation_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::account_ended& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::rights_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of, const chat::moderated& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::marker_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::metadata_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::certificate_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::login_saved& what);
    // writer_order.cpp
    [[nodiscard]] base::result<void> prepare_order();
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::sanction_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::report_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::silence_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::code_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::words_changed& what);
    // writer_people.cpp
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::token_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::webhook_saved& what);
    [[nodiscard]] base::result<void> store_body(const chat::event& of,
                                                const chat::push_saved& what);
    // writer_messages.cpp
    [[nodiscard]] base::result<void> store_room_events();
    [[nodiscard]] base::result<void> store_row(const chat::event& of, const message_row& what);
    [[nodiscard]] base::result<void> store_links(const message_row& in);
    [[nodiscard]] base::result<bool> forget();
    [[nodiscard]] base::result<void> store_masks(const chat::room_saved& what);
    [[nodiscard]] base::result<void> store_access(const chat::room_saved& what);
    [[nodiscard]] base::result<void> store_former_names(const chat::room_saved& what);
    [[nodiscard]] base::result<void> set_meta(std::string_view key, std::int64_t value);
    [[nodiscard]] base::result<bool> purge();
    [[nodiscard]] base::result<bool> trim();
    void reserve_wal_ahead();
    [[nodiscard]] base::result<void> relieve_wal();
    [[nodiscard]] base::result<void> checkpoint(int mode);

    connection on_;
    database_options options_;
    std::string folder_;
    std::unique_ptr<checkpointer> checkpointer_; // none: tidy() does its work
    std::unique_ptr<indexer> indexer_;           // none: nothing is indexed
    room_events events_;                         // that wait for the next commit
    int wal_pages_ = 0;
    int reserved_pages_ = 0;                  // for which the WAL's file has room
    int checkpointed_at_ = 0;                 // wal_pages_ when a passive checkpoint was last begun
    bool checkpoint_due_ = false;             // in tidy()
    bool something_ended_ = true;             // perhaps: a start has to look
    std::deque<chat::history_limited> trims_; // a few an hour for each room that wants it
    base::guarded<std::vector<std::string>> forgotten_; // files whose links have to go
    statement begin_, commit_, message_, link_, unlink_, redact_, edit_, room_, drop_masks_, mask_,
        drop_access_, access_, open_, end_private_, end_room_, ended_, account_, credentials_,
        come_, go_, invite_, uninvite_, drop_former_, former_, mark_, unmark_, say_account_,
        unsay_account_, say_room_, unsay_room_, certify_, uncertify_, end_account_, open_login_,
        trim_logins_, close_login_, close_logins_, meta_, next_ended_, purge_, purge_events_,
        purged_, room_event_, trim_, trim_events_, rights_, moderated_, forget_moderated_,
        keep_token_, drop_token_, keep_webhook_, drop_webhook_, sanction_, lift_, report_,
        close_report_, silence_, unsilence_, keep_code_, drop_code_, keep_word_, drop_word_,
        keep_push_, trim_pushes_, drop_push_, drop_pushes_, drop_old_pushes_;
};

} // namespace tertulia::store
