// SPDX-License-Identifier: Apache-2.0
// The bounds of web push, as base/limits.hpp has them for all others: a sentence each with what
// happens there.
#pragma once

#include <chrono>
#include <cstddef>

namespace tertulia::base::limits {

// Devices of one account; the one that was registered longest ago goes when another comes.
inline constexpr std::size_t pushes_per_account_max = 16;
// Bytes of a push service's address; a longer one is refused. (A line of IRC holds less.)
inline constexpr std::size_t push_endpoint_size_max = 1'024;
// Bytes of what is pushed once it is encrypted: what every push service takes (RFC 8291, 4). A line
// that would be longer is cut.
inline constexpr std::size_t push_body_size_max = 4'096;
// Accounts named in one message that are told of it; further ones are not.
inline constexpr std::size_t push_named_max = 32;
// Accounts of which it is asked whether they are told of one message, with those that want to be
// told of all there.
inline constexpr std::size_t push_told_max = 256;
// Words of an account's own that she is told of, and bytes of one; further and longer ones are not
// looked for.
inline constexpr std::size_t push_words_max = 20;
inline constexpr std::size_t push_word_size_max = 60;
// Messages in rooms whose authors are told when they are answered: of those who have a device, the
// last so many.
inline constexpr std::size_t push_answerable_max = 4'096;
// Messages that wait for word on whom they may be told of; the oldest is forgotten when another
// comes.
inline constexpr std::size_t push_questions_max = 1'000;
// Pushes for one account at once, and how soon a place comes back; what is more is left out: it is
// in the history all the same.
inline constexpr std::size_t push_burst = 20;
inline constexpr std::chrono::seconds push_each{6};
// Conversations of which it is remembered that a device was told, so that it can be told that they
// are read; the oldest is forgotten when another comes.
inline constexpr std::size_t push_unread_max = 10'000;
// Batches that wait to be looked through; while there are so many, the commits wait.
inline constexpr std::size_t push_batches_max = 1'024;
// Threads that send, and the pushes that wait for each; further ones are dropped. All that is for
// one push service goes through one of them.
inline constexpr std::size_t push_senders = 3;
inline constexpr std::size_t push_queue_max = 500;
// How long one delivery may take, from the name to the answer, of which so many bytes are read.
inline constexpr std::chrono::seconds push_timeout{15};
inline constexpr std::size_t push_answer_size_max = 4'096;
// Deliveries that did not succeed are tried again after so long, each time after four times as
// long, so many times in all; then they are dropped.
inline constexpr std::chrono::seconds push_retry_after{10};
inline constexpr int push_attempts_max = 4;
// An account of whose devices one did not answer is served behind all others for so long.
inline constexpr std::chrono::minutes push_behind{10};
// How long a push service keeps a message for a device that is off (RFC 8030, 5.2).
inline constexpr std::chrono::seconds push_lifetime{std::chrono::days{2}};
// How long the proof of who we are is good that goes with a push (RFC 8292, 2: a day at most).
inline constexpr std::chrono::hours push_proof_lasts{12};

} // namespace tertulia::base::limits
