// SPDX-License-Identifier: Apache-2.0
// What the operator may set, with the defaults; setting.cpp has a row for each member, and
// checking, reloading and the printed example come from those rows. Bounds that nobody needs to set
// are in base/limits.hpp.
//
//     read_config("tertulia.toml") -> config
//     parse_config("[limits]\nburst = 0", "tertulia.toml")
//         -> "tertulia.toml:2: limits.burst must be a whole number from 1 to 100000, not 0."
#pragma once

#include "base/result.hpp"
#include "server/listen_url.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::server {

struct config {
    std::string data = "data";
    std::vector<listen_url> listen{
        {"irc", "127.0.0.1", 6667}, {"ircs", "*", 6697}, {"http", "*", 8067}};
    std::string name = "tertulia.local";
    std::string network = "Tertulia";
    std::string icon;
    std::chrono::seconds sts{0};
    std::string language = "auto";
    std::string journal = "info";
    std::vector<std::string> motd;
    std::string motd_file;
    std::string password;
    std::uint32_t history_on_join = 50;
    std::chrono::seconds guest_rooms_kept = std::chrono::days{7};
    bool cloaks = true;
    std::uint64_t space_reserve = 64U << 20U;
    std::uint32_t threads = 0; // 0: one per core

    bool guests = true;
    std::string registration = "open";
    std::uint64_t password_memory = 19U << 20U;
    std::uint32_t password_passes = 2;
    std::uint32_t password_threads = 0; // 0: half the cores
    bool scram = true;
    std::uint32_t scram_iterations = 10'000;
    std::uint32_t classic_password_length = 8;
    std::vector<std::string> services;

    std::string guest_code; // empty: none is asked of guests
    std::chrono::seconds guests_wait{0};
    std::chrono::seconds guests_careful{0};
    std::vector<std::string> refused_words;
    std::vector<std::string> hidden_words;

    std::vector<std::string> web_origins;
    std::vector<std::string> trusted_proxies;
    std::vector<std::string> metrics_readers{"127.0.0.1", "::1"};
    std::vector<std::string> webirc;
    std::string web_address; // empty: made of the name and the first door of the web

    std::uint64_t file_size = 50U << 20U;
    std::uint64_t files_of_account = std::uint64_t{2} << 30U;
    std::uint64_t files_of_guests = 50U << 20U;
    std::uint64_t files_of_all = std::uint64_t{20} << 30U;

    bool push = true;
    std::string push_contact;
    std::vector<std::string> push_trusted;

    std::uint32_t connections = 100'000;
    std::uint32_t sessions_per_address = 200;
    std::uint32_t unregistered_per_address = 100;
    std::uint32_t connections_per_second = 200;
    std::uint32_t burst = 30;
    std::uint32_t lines_per_second = 4;
    std::uint64_t send_queue = 1U << 20U;
    std::chrono::seconds send_stall{60};
    std::chrono::seconds registration_timeout{30};
    std::chrono::seconds ping_after{120};
    std::chrono::seconds ping_timeout{60};
};

// `name` is what errors call the text. Every key is checked; the first mistake is the error.
[[nodiscard]] base::result<config> parse_config(std::string_view text, std::string_view name);
[[nodiscard]] base::result<config> read_config(const std::string& file);

// Every setting with its explanation and, commented out, its default.
[[nodiscard]] std::string example_config();

} // namespace tertulia::server
