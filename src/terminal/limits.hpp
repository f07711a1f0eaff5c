// SPDX-License-Identifier: Apache-2.0
// The bounds of the terminal client, a sentence each with what happens there. A hostile server can
// fill what is here, and no more.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tertulia::terminal {

// Entries kept of one room; the oldest go, and are fetched again when somebody scrolls there.
inline constexpr std::size_t entries_per_room_max = 2'000;
// Entries kept of all rooms together; rooms that are not shown give theirs away first.
inline constexpr std::size_t entries_max = 8'000;
// Rooms and conversations open at once; what comes from others is shown in the server's.
inline constexpr std::size_t rooms_max = 500;
// People known of one room; further ones are not listed.
inline constexpr std::size_t members_max = 20'000;
// Bytes of one line of the server, tags included; a longer one ends the connection.
inline constexpr std::size_t line_size_max = 32U << 10U;
// Bytes of one text that is shown; the rest is cut.
inline constexpr std::size_t text_size_max = 16U << 10U;
// Batches open at once, and lines of one; further ones are dropped.
inline constexpr std::size_t batches_max = 32;
inline constexpr std::size_t batch_entries_max = 1'000;
// Reactions of one message; further ones are dropped.
inline constexpr std::size_t reactions_max = 100;
// Own messages that wait for a connection; further ones are refused.
inline constexpr std::size_t unsent_max = 500;
// Bytes that are typed or pasted at once; what is more is left out, and that is said.
inline constexpr std::size_t typed_size_max = 1U << 20U;
// Bytes of one line of the input's history; longer ones are not remembered.
inline constexpr std::size_t remembered_size_max = 64U << 10U;
// Lines of the input's history; the oldest goes.
inline constexpr std::size_t typed_lines_max = 500;
// Entries of one page of history.
inline constexpr std::size_t history_page = 100;
// Lines that leave at once, and how often another one may; they wait, and none is lost.
inline constexpr int lines_burst = 20;
inline constexpr std::chrono::milliseconds line_each{500};
// From one attempt to connect to the next, growing by doubling.
inline constexpr std::chrono::seconds reconnect_first{1};
inline constexpr std::chrono::seconds reconnect_last{60};
// A silent server is asked for a sign of life, and has as long to give it.
inline constexpr std::chrono::seconds silence_max{60};
// One address has so long to answer, TLS included.
inline constexpr std::chrono::seconds connect_timeout{15};
// The same for TLS alone where a door without it is tried next: a server without TLS waits for
// more.
inline constexpr std::chrono::seconds handshake_timeout{3};
// Whoever leaves waits so long for the next one of his messages to be sent, and then for the
// server's goodbye.
inline constexpr std::chrono::seconds last_messages_max{60};
inline constexpr std::chrono::seconds farewell_max{5};

} // namespace tertulia::terminal
