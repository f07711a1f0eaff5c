// SPDX-License-Identifier: Apache-2.0
// The bounds of the web's doors, as base/limits.hpp has them for all others: a sentence each with
// what happens there.
#pragma once

#include <chrono>
#include <cstddef>

namespace tertulia::base::limits {

// Bytes of the head of an HTTP request, and its fields; more are refused (431).
inline constexpr std::size_t http_head_size_max = 8'192;
inline constexpr std::size_t http_fields_max = 64;
// Bytes of the body of an HTTP request that is read as a whole, where its route says nothing else;
// a longer one is refused (413).
inline constexpr std::size_t http_body_size_max = 16U << 10U;
// Bytes of a body that nobody wanted and that are read for politeness; beyond, the connection ends.
inline constexpr std::size_t http_skipped_size_max = 64U << 10U;
// How long a client may take for a request's head, for the next request, and what it has to send
// of a body each second after its first half minute, without a longer rest than that; slower ones
// are closed (408).
inline constexpr std::chrono::seconds http_head_timeout{15};
inline constexpr std::chrono::seconds http_idle_timeout{60};
inline constexpr std::chrono::seconds http_body_grace{30};
inline constexpr std::chrono::seconds http_body_rest_max{60};
inline constexpr std::size_t http_body_rate_min = 1'024;
// The same where a body may be large: it holds one of few places.
inline constexpr std::size_t http_large_body_rate_min = 8'192;
// Bytes of a WebSocket message, however many frames it comes in; a longer one closes the connection
// (1009). It leaves room for the longest line and for one that is worth an answer (417).
inline constexpr std::size_t websocket_message_size_max = 8'192;
// A WebSocket that is open is pinged so often, because proxies end what is silent for a minute.
inline constexpr std::chrono::seconds websocket_ping_each{45};
// Browsers that an account is logged in with; the oldest log-in ends when another comes.
inline constexpr std::size_t logins_per_account_max = 32;
// How long a browser's log-in is good without being renewed.
inline constexpr std::chrono::hours login_lifetime{24 * 90};
// Tokens of one account and webhooks of one room, and characters of a token's name; more are
// refused.
inline constexpr std::size_t tokens_per_account_max = 32;
inline constexpr std::size_t webhooks_per_room_max = 16;
inline constexpr std::size_t token_name_length_max = 32;
// What one account or webhook may post at once, and how soon a place comes back; more is refused
// (429). Those whose posts are counted; the one that was counted longest ago goes when another
// comes.
inline constexpr int posts_at_once_max = 20;
inline constexpr std::chrono::milliseconds post_each{500};
inline constexpr std::size_t posters_max = 10'000;
// What one address behind a trusted proxy may ask for at once, and how soon a place comes back, as
// for one that opens connections of its own; more is refused (429).
inline constexpr int relayed_at_once_max = 200;
inline constexpr std::chrono::milliseconds relayed_each{5};
// Bytes of a request that posts a message: its text is bounded as IRC's in several lines is.
inline constexpr std::size_t post_size_max = 32U << 10U;
// Events that wait for a reader of a room's stream who is still being told of what was before;
// beyond, her stream ends and she may go on from where she was.
inline constexpr std::size_t stream_waiting_max = 2'000;
// A stream of events says something so often, and then looks whether its reader still may read.
inline constexpr std::chrono::seconds stream_beat{20};
// Messages that are read at once for a stream or an export.
inline constexpr std::size_t export_page_size = 200;
// Bytes of what is made of them that are handed out at once; the rest waits until its reader has
// taken these, and does not count as what she is behind.
inline constexpr std::size_t paced_slice_size = 16U << 10U;
// Rows that one read of an account's own messages goes through.
inline constexpr std::size_t own_messages_scanned_max = 2'000;
// Pieces of work that wait for one of the threads that may block; more are answered with an error.
inline constexpr std::size_t chores_waiting_max = 256;
// Bytes of a PROXY header of version 2 with its address block; a longer one ends the connection.
inline constexpr std::size_t proxy_header_size_max = 1'024;

} // namespace tertulia::base::limits
