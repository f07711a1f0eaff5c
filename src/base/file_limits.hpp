// SPDX-License-Identifier: Apache-2.0
// The bounds of files and pictures, apart from limits.hpp because few read them; as there, each
// with a sentence of what happens at it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tertulia::base::limits {

// Pixels along one edge of a picture that is handed in, and in all of it; a larger one is refused.
inline constexpr std::uint32_t picture_edge_max = 16'383; // what a WebP can have
inline constexpr std::uint64_t picture_pixels_max = 64U << 20U;
// Bytes of such a picture; beyond, a file is kept as an attachment and not looked into.
inline constexpr std::size_t picture_size_max = 64U << 20U;
// Passes over a progressive JPEG; one that wants more is refused.
inline constexpr int picture_scans_max = 200;
// Bytes of what is made of a picture with its thumbnail; more is taken for a broken one.
inline constexpr std::size_t picture_made_size_max = picture_size_max + (1U << 20U);
// Pictures that are looked into at once; others wait, and keep nothing else waiting.
inline constexpr std::size_t pictures_at_once_max = 2;
// Bytes of memory and seconds of time for the process that reads a picture; it ends there.
inline constexpr std::size_t picture_memory_max = std::size_t{1} << 30U;
inline constexpr unsigned picture_seconds_max = 20;
// Bytes of a picture's colour profile; a larger one is left out.
inline constexpr std::size_t colour_profile_size_max = 1U << 20U;
// Pixels along the longer edge of a thumbnail.
inline constexpr std::uint32_t thumbnail_edge_max = 480;
// Bytes of a file's name; a longer one is cut before its ending.
inline constexpr std::size_t file_name_size_max = 200;
// Links to files that one message keeps alive; those beyond do not count.
inline constexpr std::size_t files_per_message_max = 32;
// Until a message has its link, a file is kept for so long.
inline constexpr std::chrono::hours unposted_file_life{24};
// Uploads under way that one account, or the guests of one address, may have; those of all; of
// these those of guests and new accounts; and of these again those of one address. More are refused
// (429; 503).
inline constexpr std::size_t uploads_per_person_max = 8;
inline constexpr std::size_t uploads_max = 256;
inline constexpr std::size_t uploads_of_newcomers_max = 128;
inline constexpr std::size_t newcomers_uploads_per_address_max = 32;
// Bytes of the disk that uploads leave free besides those that messages do (space_reserve): what
// all of them may write between two looks.
inline constexpr std::uint64_t upload_margin = 64U << 20U;
// Bytes that a file counts for at least, however small it is: what it takes on a disk.
inline constexpr std::uint64_t file_room_min = 4'096;
// An account is new for so long. What new accounts and guests have together is at most one part in
// so many of what all may have, and each of them has at most one part in so many of what the others
// leave of that: however many a stranger makes, there is room left. More is refused (403).
inline constexpr std::chrono::days account_new_for{7};
inline constexpr std::uint64_t newcomers_part = 2;
inline constexpr std::uint64_t newcomer_part = 4;
// Uploads that an account or an address may begin at once, and how soon a place comes back; more
// are refused (429).
inline constexpr int uploads_at_once_max = 30;
inline constexpr std::chrono::milliseconds upload_each{2'000};
// Files that are looked at each minute, whether anybody still needs them, and of one who has no
// room left; the others are the next round's.
inline constexpr std::size_t files_looked_at_max = 5'000;
inline constexpr std::uint32_t own_files_looked_at_max = 1'000;
// Bytes of a file that the disk is asked for in one go, of which one or two lie ahead of what is
// being sent: a network thread that sends them finds them in memory.
inline constexpr std::uint64_t file_stretch_size = 2U << 20U;
// Files that are gone and whose links wait to be forgotten; of those beyond the links stay, which
// costs room and nothing else.
inline constexpr std::size_t files_forgotten_max = 20'000;
// Connections to each database of files that stay open while nobody needs them; more are closed.
inline constexpr std::size_t idle_file_connections_max = 4;

} // namespace tertulia::base::limits
