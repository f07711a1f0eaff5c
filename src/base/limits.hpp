// SPDX-License-Identifier: Apache-2.0
// Every bound of the server that is not a setting, a sentence each with what happens at it.
// Settings (flood control, send queues, counts per address) are in server/config.hpp, with their
// defaults.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tertulia::base::limits {

// Characters and bytes of a nickname; a longer one is refused (432).
inline constexpr std::size_t nickname_length_max = 32;
inline constexpr std::size_t nickname_size_max = 96;
// Characters and bytes of a room's name with its '#'; a longer one is refused (479). The bytes are
// what lets a line hold two nicknames and a room whole: half a name would be another's.
inline constexpr std::size_t room_name_length_max = 64;
inline constexpr std::size_t room_name_size_max = 192;
// Bytes of a user name (ident), a real name, an away text, a reason, a topic: longer ones are cut.
inline constexpr std::size_t user_name_size_max = 16;
inline constexpr std::size_t real_name_size_max = 150;
inline constexpr std::size_t away_size_max = 200;
inline constexpr std::size_t reason_size_max = 307;
inline constexpr std::size_t topic_size_max = 390;
// Bytes of an account's password as typed, in UTF-8; a longer one is refused.
inline constexpr std::size_t password_size_max = 800;
// Bytes of one SCRAM message; a longer one is refused (invalid-encoding).
inline constexpr std::size_t scram_message_size_max = 2'048;
// Rounds of SCRAM's key derivation: a client of ours refuses servers that want fewer (RFC 7677, 4)
// or more, which would keep it busy for seconds.
inline constexpr std::uint32_t scram_iterations_min = 4'096;
inline constexpr std::uint32_t scram_iterations_max = 2'000'000;
// Bytes of a room's password (+k); a longer one is refused.
inline constexpr std::size_t room_password_size_max = 32;
// Entries of one of a room's lists (+b, +e, +I); more are refused (478).
inline constexpr std::size_t room_list_size_max = 100;
// Accounts with a role in one room; beyond, further ones are refused (ChanServ ACCESS), or have the
// role as long as they are there (MODE).
inline constexpr std::size_t room_access_max = 1'000;
// Bytes of a mask for such a list, completed to nick!user@host; a longer one is refused (696).
inline constexpr std::size_t mask_size_max = 200;
// How long a mask of such a list may be set for to end by itself; a longer time is refused (696).
inline constexpr std::chrono::seconds mask_lasts_max = std::chrono::days{366};
// Seconds of slow mode (+W), and days that a room keeps its history (+H); more is refused (696).
inline constexpr std::uint32_t slow_seconds_max = 21'600;
inline constexpr std::uint32_t history_days_max = 36'500;
// Persons of one room whose last word slow mode remembers; beyond, somebody is forgotten.
inline constexpr std::size_t slowed_max = 10'000;
// Changes with a parameter in one MODE line; those beyond are left out (ISUPPORT MODES).
inline constexpr std::size_t modes_per_line_max = 12;
// Rooms or persons in the list of one JOIN, PART, NAMES, KICK or WHOIS line; those beyond are left
// out (ISUPPORT TARGMAX).
inline constexpr std::size_t targets_per_line_max = 32;
// Targets of one PRIVMSG, NOTICE or TAGMSG; those beyond are refused (407, ISUPPORT TARGMAX).
inline constexpr std::size_t message_targets_max = 4;
// Rooms that one person is in; more are refused (405).
inline constexpr std::size_t rooms_per_person_max = 100;
// Invitations kept for one person; the oldest goes when another comes.
inline constexpr std::size_t invitations_per_person_max = 32;
// An account's invitation to a kept room is forgotten after so long.
inline constexpr std::chrono::days invitation_lasts{30};
// For so long a room's old name leads to it; the oldest of more names than this is free at once.
inline constexpr std::chrono::days former_name_lasts{30};
inline constexpr std::size_t former_names_max = 5;
// A room that was renamed keeps its name at least for so long (FAIL RENAME CANNOT_RENAME): to those
// who know no RENAME each one is a list of all members.
inline constexpr std::chrono::minutes rename_pause{1};
// Rooms of the server; a new one is refused beyond (437).
inline constexpr std::size_t rooms_max = 100'000;
// Accounts of the server; further ones are refused.
inline constexpr std::size_t accounts_max = 1'000'000;
// Lines of the log of moderation; the oldest goes when another comes.
inline constexpr std::size_t moderation_kept_max = 100'000;
// Of these, the newest, that operators read with MODLOG; and the lines of one answer.
inline constexpr std::size_t moderation_read_max = 1'000;
inline constexpr std::size_t moderation_page_max = 100;
// Bans and mutes of the whole server; more are refused. A network is this many bits at least.
inline constexpr std::size_t sanctions_max = 2'000;
inline constexpr std::uint8_t sanctioned_network_min = 8;
// How long one of these lasts that ends by itself; a longer time is no time.
inline constexpr std::chrono::seconds sanction_lasts_max = std::chrono::years{10};
// Open reports of one person, and of all; more are refused.
inline constexpr std::size_t reports_of_one_max = 5;
inline constexpr std::size_t reports_max = 1'000;
// Masks that one person has silenced; more are refused (511, ISUPPORT SILENCE).
inline constexpr std::size_t silences_max = 64;
// Redacted messages that the heart remembers, so that what was looked up before is not changed
// after; lookups take milliseconds.
inline constexpr std::size_t redactions_remembered_max = 1'000;
// Bytes of a message's new text as the value of a tag, so that all tags of a line are within what
// clients take (IRCv3 message-tags); a longer one is refused (INVALID_EDIT).
inline constexpr std::size_t edit_text_size_max = 3'600;
// Persons remembered for WHOWAS; the oldest goes when another comes.
inline constexpr std::size_t departed_max = 1'000;
// Private conversations that one guest has opened herself and that are open; to more persons that
// have not written to her no message goes (439).
inline constexpr std::size_t conversations_opened_max = 200;
// Private conversations that an account has; beyond, the oldest with a guest who is gone ends.
inline constexpr std::size_t conversations_kept_max = 2'000;
// Read markers that an account keeps; the one that was moved longest ago goes when another comes.
inline constexpr std::size_t markers_kept_max = 2'500;
// Nicknames that one session watches; more are refused (734, ISUPPORT MONITOR).
inline constexpr std::size_t watched_max = 100;
// Keys that a person or a room has in its metadata, and bytes of a key and of a value; more are
// refused (draft/metadata: LIMIT_REACHED, INVALID_KEY, INVALID_VALUE).
inline constexpr std::size_t metadata_keys_max = 30;
inline constexpr std::size_t metadata_key_size_max = 64;
inline constexpr std::size_t metadata_value_size_max = 300;
// Keys that one session subscribes to; more are refused (LIMIT_REACHED).
inline constexpr std::size_t metadata_subscriptions_max = 50;
// Values of one METADATA answer; where there are more, the client is told to ask for less (774).
inline constexpr std::size_t metadata_entries_max = 10'000;
// Certificates that open one account; more are refused.
inline constexpr std::size_t certificates_max = 10;
// Bytes of a URL that the server tells its clients; a longer one is refused in the configuration.
inline constexpr std::size_t url_size_max = 250;
// Bytes of a line without tags, CR LF included (RFC 2812, 2.3); a longer one is answered with 417.
inline constexpr std::size_t line_size_max = 512;
// Bytes and lines of one message in several lines (IRCv3 draft/multiline); one with more is refused
// (MULTILINE_MAX_BYTES, MULTILINE_MAX_LINES).
inline constexpr std::size_t multiline_size_max = 4'096;
inline constexpr std::size_t multiline_lines_max = 64;
// How long a client may take to send such a message; one that is not complete by then is forgotten
// (TIMEOUT).
inline constexpr std::chrono::seconds multiline_patience{60};
// Words of one search; further ones are left out.
inline constexpr std::size_t search_words_max = 16;
// Messages of one SEARCH answer; a higher wish is cut to it.
inline constexpr std::size_t search_page_max = 100;
// Steps of SQLite's machine for one search, about a second; then it fails.
inline constexpr int search_steps_max = 20'000'000;
// Messages that a search looks at for those of one author or time; then it ends with what it has.
inline constexpr std::size_t search_candidates_max = 20'000;
// Committed batches that wait to be indexed; beyond, the index reads the messages again from where
// it was.
inline constexpr std::size_t batches_to_index_max = 1'024;
// Comings and goings kept for one commit, which carries them to the disk; further ones are not
// played back.
inline constexpr std::size_t room_events_waiting_max = 10'000;
// Bytes of the tags that a client may send, '@' and the blank included (IRCv3 message-tags); 417.
inline constexpr std::size_t client_tags_size_max = 4096;
// Bytes of base64 in one SASL message, all its lines together; a longer one ends the exchange
// (905).
inline constexpr std::size_t sasl_message_size_max = 4'096;
// Bytes of a line on the control socket; a longer one ends the connection.
inline constexpr std::size_t control_line_size_max = 4'096;
// Wrong passwords in a row for one account, and from one address, before one has to wait; a place
// comes back each time.
inline constexpr int guesses_of_account_max = 10;
inline constexpr std::chrono::seconds guess_of_account_each{60};
inline constexpr int guesses_from_address_max = 50; // a class behind one address mistypes, too
inline constexpr std::chrono::seconds guess_from_address_each{10};
// Accounts that are made from one address at once, a class in one lesson with its slips; a place
// comes back each time.
inline constexpr int registrations_from_address_max = 150;
inline constexpr std::chrono::seconds registration_from_address_each{30};
// Accounts and addresses whose wrong guesses are counted, and addresses that an account is known
// to come from; the oldest goes when another comes.
inline constexpr std::size_t guessers_max = 100'000;
inline constexpr std::size_t known_addresses_max = 100'000;
// Questions about passwords waiting for one of the threads that hash; more are told to try again.
inline constexpr std::size_t credential_checks_waiting_max = 500;
// Commands of one session on their way to the core; its input waits beyond.
inline constexpr std::size_t commands_in_flight_max = 128;
// Messages of one CHATHISTORY answer; a higher wish is cut to it.
inline constexpr std::size_t history_page_max = 200;
// Values waiting for the core; beyond, the sockets are not read.
inline constexpr std::size_t core_mailbox_max = 8'192;
// Submissions applied as one batch; the rest makes the next one.
inline constexpr std::size_t batch_size_max = 4'096;
// Batches between the core, the commits and a network thread; beyond, the one before waits.
inline constexpr std::size_t batches_waiting_max = 64;
// Reads of history waiting; beyond, they are answered with an error.
inline constexpr std::size_t reads_waiting_max = 4'096;
// Bytes of runs that the readers of one network thread may pin together; beyond, the one that is
// furthest behind is dropped.
inline constexpr std::size_t pinned_runs_max = 256U << 20U;
// Bytes that a session sent and its protocol has not taken; at this size its socket is not read.
inline constexpr std::size_t unread_size_max = 16U << 10U;
// Connections that one network thread takes from one listener in one turn; the others wait in line.
inline constexpr std::size_t accepted_per_turn_max = 64;
// Callers on their way from the thread that accepts to theirs; those beyond are closed.
inline constexpr std::size_t arrivals_waiting_max = 4'096;
// Events that a network thread routes in one turn before it writes.
inline constexpr std::size_t events_per_turn_max = 4'096;
// Gathered writes to one connection in one turn; what is left waits for the next.
inline constexpr int writes_per_turn_max = 32;
// Addresses that a network thread counts connections of; a new one is turned away beyond.
inline constexpr std::size_t throttled_addresses_max = 65'536;
// Message numbers set aside by one durable promise (see chat/heart.hpp).
inline constexpr std::uint64_t number_block = 1U << 20U;

} // namespace tertulia::base::limits
