// SPDX-License-Identifier: Apache-2.0
// Client, connection and face together: one thread that waits for the server, the keyboard, signals
// and time, and carries out the client's effects.
#pragma once

#include "terminal/client.hpp"
#include "terminal/destination.hpp"
#include "terminal/face.hpp"
#include "terminal/keepsakes.hpp"
#include "terminal/link.hpp"
#include "terminal/options.hpp"
#include "terminal/upload.hpp"

#include <optional>
#include <string>

namespace tertulia::terminal {

class program {
public:
    // `shown` outlives the program.
    program(const options& wish, destination to, client_settings with, base::language in,
            face& shown);

    // The exit status.
    int run();

private:
    void connect_from_first_door();
    void turn();
    void wait();
    void read_keyboard();
    void follow_link();
    void link_failed();
    void judge_certificate();
    void trust_server(protection how);
    void link_is_open();
    void carry_out_effects();
    void carry_out(const effect& one);
    void begin_upload(const upload_file& what);
    void follow_upload();
    void refuse(const std::string& why);
    void try_door(std::size_t number);
    void leave_with(const leave& how);
    void follow_farewell();
    void tell_what_was_not_sent();
    [[nodiscard]] bool has_more_to_do() const;
    [[nodiscard]] std::string server_name() const;
    [[nodiscard]] std::string sentence_for(link_fault why) const;

    const options& wish_;
    destination to_;
    base::language language_;
    face& face_;
    keepsakes kept_;
    client client_;
    link link_;
    std::unique_ptr<upload> upload_; // one at a time
    std::size_t door_ = 0;
    protection shielded_ = protection::none;
    bool told_up_ = false;
    bool ever_up_ = false;
    std::string told_why_; // there is no connection
    bool input_ended_ = false;
    std::optional<int> ending_; // the exit status, once the rest has been sent
    base::steady_time end_by_{};
    std::size_t left_to_send_ = 0; // when `end_by_` was set
    bool over_ = false;
    transport::descriptor signals_;
};

} // namespace tertulia::terminal
