// SPDX-License-Identifier: Apache-2.0
// A database on a disk in memory, with verbs for what goes in and what comes out.
#pragma once

#include "chat/batch.hpp"
#include "sim/disk.hpp"
#include "store/database.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::store {

inline base::wall_time at(std::int64_t milliseconds) {
    return base::wall_time{std::chrono::milliseconds{milliseconds}};
}

struct disk_database {
    explicit disk_database(const std::string& name) : disk(name) { open(); }
    ~disk_database() { close(); }
    disk_database(const disk_database&) = delete;
    disk_database& operator=(const disk_database&) = delete;

    [[nodiscard]] database_options options() const {
        return {"/tertulia.db", disk.name(), checkpoints::in_tidy,
                [this] { return disk.free_space(); }};
    }
    void open() {
        base::result<opened> made = open_database(options());
        REQUIRE_MESSAGE(made.has_value(), made.error().sentence);
        now = std::move(*made);
        reader = std::move(*open_reader(options()));
    }
    void close() {
        now.writer.reset();
        reader.reset();
    }
    void lose_power(std::uint64_t seed) {
        disk.die();
        close();
        disk.power_cut(seed);
        open();
    }

    bool commit(std::vector<chat::event_body> what, base::wall_time when = at(1'000)) {
        auto batch = std::make_shared<chat::batch>();
        for (chat::event_body& one : what) {
            batch->events.push_back({{}, when, chat::nobody{}, std::move(one)});
        }
        const chat::batch_ref shared = batch;
        return now.writer->commit({&shared, 1}).has_value();
    }
    base::result<void> tries_to_commit(chat::event_body what) {
        auto batch = std::make_shared<chat::batch>();
        batch->events.push_back({{}, at(1'000), chat::nobody{}, std::move(what)});
        const chat::batch_ref shared = batch;
        return now.writer->commit({&shared, 1});
    }
    static chat::spoke said(std::uint64_t number, std::uint64_t conversation = 1,
                            chat::message_kind kind = chat::message_kind::message) {
        static const auto ana = [] {
            chat::card made;
            made.nickname.display = "ana";
            made.user = "~a";
            made.host = "127.0.0.1";
            return std::make_shared<const chat::card>(made);
        }();
        chat::spoke made;
        made.by = ana;
        made.conversation = {conversation};
        made.kind = kind;
        made.text = "text " + std::to_string(number);
        made.number = {number};
        return made;
    }
    static chat::room_saved room(std::uint64_t id, const std::string& name) {
        chat::room_saved made;
        made.id = {id};
        made.name = {name, name, 7, true};
        return made;
    }
    std::vector<std::uint64_t> reads(session::history_selector which, std::uint32_t limit = 100,
                                     std::uint64_t up_to = 1'000'000,
                                     std::uint64_t conversation = 1) {
        const session::read_answer answer =
            reader->read(session::history_query{{conversation}, {up_to}, which, limit});
        std::vector<std::uint64_t> numbers;
        for (const session::stored_message& one :
             std::get<session::history_page>(answer).messages) {
            numbers.push_back(one.number.value);
        }
        return numbers;
    }

    sim::lossy_disk disk;
    opened now;
    std::unique_ptr<session::reader> reader;
};

using numbers = std::vector<std::uint64_t>;

} // namespace tertulia::store
