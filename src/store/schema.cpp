// SPDX-License-Identifier: Apache-2.0
#include "store/schema.hpp"

#include <fmt/format.h>

#include <array>

namespace tertulia::store {
namespace {

// Messages are clustered by conversation, in one B-tree without a second index: a message costs one
// insert at the end of its conversation. Time never runs back along numbers, so a search by time is
// a bisection. `ended` holds conversations whose messages still have to go.
constexpr std::string_view version_1 = R"sql(
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;

CREATE TABLE rooms (
    id INTEGER PRIMARY KEY,
    display TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    skeleton INTEGER NOT NULL,
    latin INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    topic TEXT NOT NULL,
    topic_by TEXT NOT NULL,
    topic_at INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    password TEXT NOT NULL,
    capacity INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    empty_since INTEGER
);

CREATE TABLE room_masks (
    room INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    list INTEGER NOT NULL,
    place INTEGER NOT NULL,
    mask TEXT NOT NULL,
    folded TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    PRIMARY KEY (room, list, place)
) WITHOUT ROWID;

CREATE TABLE private_conversations (
    id INTEGER PRIMARY KEY
);

CREATE TABLE ended (
    conversation INTEGER PRIMARY KEY
);

CREATE TABLE messages (
    conversation INTEGER NOT NULL,
    number INTEGER NOT NULL,
    time INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    nickname TEXT NOT NULL,
    user TEXT NOT NULL,
    host TEXT NOT NULL,
    recipient TEXT NOT NULL,
    text TEXT NOT NULL,
    tags TEXT NOT NULL,
    heard_from INTEGER NOT NULL, -- the lowest role that heard it
    PRIMARY KEY (conversation, number)
) WITHOUT ROWID;
)sql";

// Accounts. The conversations of before were between guests, who are gone.
constexpr std::string_view version_2 = R"sql(
ALTER TABLE rooms ADD COLUMN always INTEGER NOT NULL DEFAULT 0;
UPDATE rooms SET always = kept;

INSERT OR IGNORE INTO ended SELECT id FROM private_conversations;
DROP TABLE private_conversations;

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    one INTEGER NOT NULL,
    one_display TEXT NOT NULL,
    one_key TEXT NOT NULL,
    one_skeleton INTEGER NOT NULL,
    one_latin INTEGER NOT NULL,
    other INTEGER NOT NULL,
    other_display TEXT NOT NULL,
    other_key TEXT NOT NULL,
    other_skeleton INTEGER NOT NULL,
    other_latin INTEGER NOT NULL
);

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    display TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    skeleton INTEGER NOT NULL,
    latin INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    version INTEGER NOT NULL, -- of its credentials
    suspended INTEGER NOT NULL
);

CREATE TABLE credentials (
    account INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    password TEXT NOT NULL,
    scram TEXT NOT NULL
);

CREATE TABLE memberships (
    place INTEGER PRIMARY KEY, -- the order in which they began
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    room INTEGER NOT NULL,
    UNIQUE (account, room)
);

CREATE TABLE room_access (
    room INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    account INTEGER NOT NULL,
    role INTEGER NOT NULL,
    PRIMARY KEY (room, account)
) WITHOUT ROWID;
)sql";

// Which messages have the link of which file. A row stays when its message goes: then it says that
// the file is nobody's any more. It goes after the file.
constexpr std::string_view version_3 = R"sql(
CREATE TABLE file_links (
    file TEXT NOT NULL,
    conversation INTEGER NOT NULL,
    number INTEGER NOT NULL,
    author INTEGER NOT NULL, -- an account; 0: a guest
    PRIMARY KEY (file, conversation, number)
) WITHOUT ROWID;
)sql";

// Browsers that stay logged in, by the digest of a token.
constexpr std::string_view version_4 = R"sql(
CREATE TABLE logins (
    key BLOB PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    version INTEGER NOT NULL, -- of the credentials that it was opened with
    opened_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX logins_by_account ON logins (account, opened_at);
)sql";

// Slow mode, how long a room keeps its history (NULL: for ever), masks that end by themselves.
constexpr std::string_view version_5 = R"sql(
ALTER TABLE rooms ADD COLUMN slow INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN history_days INTEGER;
ALTER TABLE room_masks ADD COLUMN lasts INTEGER NOT NULL DEFAULT 0;
)sql";

// Up to where accounts have read.
constexpr std::string_view version_6 = R"sql(
CREATE TABLE markers (
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation INTEGER NOT NULL,
    read_to INTEGER NOT NULL,
    PRIMARY KEY (account, conversation)
) WITHOUT ROWID;
)sql";

// What accounts and rooms say of themselves; certificates; the language of an account.
constexpr std::string_view version_7 = R"sql(
ALTER TABLE accounts ADD COLUMN language TEXT NOT NULL DEFAULT '';

CREATE TABLE account_metadata (
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (account, key)
) WITHOUT ROWID;

CREATE TABLE room_metadata (
    room INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (room, key)
) WITHOUT ROWID;

CREATE TABLE certificates (
    place INTEGER PRIMARY KEY, -- the order in which they were added
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL UNIQUE
);
CREATE INDEX certificates_by_account ON certificates (account);
)sql";

// Operators, and the log of what they do.
constexpr std::string_view version_8 = R"sql(
CREATE TABLE account_rights (
    account INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    held INTEGER NOT NULL -- a bit for each right
);

CREATE TABLE moderation (
    number INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    measure INTEGER NOT NULL,
    by TEXT NOT NULL, -- empty: the machine's owner
    whom TEXT NOT NULL,
    why TEXT NOT NULL,
    until INTEGER
);
)sql";

// Messages about messages, and who came and went. Who said what before is not known by identity. A
// redaction or an edit is a row of its own, in its place, and leaves its number with the message
// that it is about; so what became of a message is found by key, and only the message has a text.
// What happened in a room stands apart, so that whoever reads messages alone does not read over it.
constexpr std::string_view version_9 = R"sql(
ALTER TABLE messages ADD COLUMN author INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN about INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN changed INTEGER NOT NULL DEFAULT 0; -- the number of the last one
ALTER TABLE messages ADD COLUMN redacted INTEGER NOT NULL DEFAULT 0;

CREATE TABLE room_events (
    conversation INTEGER NOT NULL,
    number INTEGER NOT NULL,
    time INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    nickname TEXT NOT NULL,
    user TEXT NOT NULL,
    host TEXT NOT NULL,
    target TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (conversation, number)
) WITHOUT ROWID;
)sql";

// Programs that speak as accounts or for rooms, each by the digest of its secret.
constexpr std::string_view version_10 = R"sql(
CREATE TABLE tokens (
    place INTEGER PRIMARY KEY, -- the order in which they were made
    key BLOB NOT NULL UNIQUE,
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX tokens_by_account ON tokens (account);

CREATE TABLE webhooks (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    room INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    display TEXT NOT NULL,
    folded TEXT NOT NULL,
    skeleton INTEGER NOT NULL,
    latin INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX webhooks_by_room ON webhooks (room);
)sql";

// Bans and mutes of the whole server, what people report, and whom accounts do not hear.
constexpr std::string_view version_11 = R"sql(
CREATE TABLE sanctions (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    meets INTEGER NOT NULL, -- an account, a nickname, a network
    account INTEGER NOT NULL,
    whom TEXT NOT NULL,
    by TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    why TEXT NOT NULL
);

CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    by TEXT NOT NULL,
    whom TEXT NOT NULL,
    about INTEGER NOT NULL,
    why TEXT NOT NULL,
    at INTEGER NOT NULL
);

CREATE TABLE silences (
    place INTEGER PRIMARY KEY, -- the order in which they were added
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    mask TEXT NOT NULL,
    folded TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    lasts INTEGER NOT NULL,
    UNIQUE (account, folded)
);
)sql";

// Invitations of accounts to kept rooms, and what rooms were called before.
constexpr std::string_view version_12 = R"sql(
CREATE TABLE invitations (
    place INTEGER PRIMARY KEY, -- their order
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    room INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    UNIQUE (account, room)
);

CREATE TABLE former_names (
    room INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    display TEXT NOT NULL,
    key TEXT NOT NULL,
    skeleton INTEGER NOT NULL,
    latin INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (room, place)
) WITHOUT ROWID;
)sql";

// Codes by which accounts are made, and words that operators list. Who may do everything may do
// what operators may since.
constexpr std::string_view version_13 = R"sql(
CREATE TABLE account_codes (
    place INTEGER PRIMARY KEY, -- the order in which they were made
    digest TEXT NOT NULL UNIQUE,
    start TEXT NOT NULL,
    uses INTEGER NOT NULL,
    used INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    until INTEGER
);

CREATE TABLE words (
    id INTEGER PRIMARY KEY,
    mask TEXT NOT NULL,
    folded TEXT NOT NULL,
    action INTEGER NOT NULL,
    mutes_for INTEGER NOT NULL,
    by TEXT NOT NULL,
    since INTEGER NOT NULL
);

UPDATE account_rights SET held = held | 768 WHERE held = 255;
)sql";

// Devices that are told of messages, each by the address that its push service gave it.
constexpr std::string_view version_14 = R"sql(
CREATE TABLE pushes (
    place INTEGER PRIMARY KEY, -- the order in which they were registered
    endpoint TEXT NOT NULL UNIQUE,
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    version INTEGER NOT NULL, -- of the credentials that it is good with
    key BLOB NOT NULL,
    secret BLOB NOT NULL
);
CREATE INDEX pushes_by_account ON pushes (account);
)sql";

// What browsers that stay logged in say they are.
constexpr std::string_view version_15 = R"sql(
ALTER TABLE logins ADD COLUMN browser TEXT NOT NULL DEFAULT '';
)sql";

// Programs: what they said is marked as theirs for good. What they said before is not.
constexpr std::string_view version_16 = R"sql(
ALTER TABLE messages ADD COLUMN bot INTEGER NOT NULL DEFAULT 0;
)sql";

// A file's messages of its owner, and its first one, are found however many others say its link.
constexpr std::string_view version_17 = R"sql(
CREATE INDEX file_links_by_author ON file_links (file, author);
CREATE INDEX file_links_by_number ON file_links (file, number);
)sql";

constexpr std::array steps{version_1,  version_2,  version_3,  version_4,  version_5,  version_6,
                           version_7,  version_8,  version_9,  version_10, version_11, version_12,
                           version_13, version_14, version_15, version_16, version_17};

} // namespace

std::span<const std::string_view> migrations() { return steps; }

base::result<void> migrate(sqlite3* on) {
    const base::result<std::int64_t> version = query_number(on, "PRAGMA user_version");
    if (!version) {
        return std::unexpected(version.error());
    }
    for (auto next = static_cast<std::size_t>(*version); next < steps.size(); ++next) {
        const std::string sql = fmt::format(
            "BEGIN IMMEDIATE;\n{}\nPRAGMA application_id = {};\nPRAGMA user_version = {};\nCOMMIT;",
            steps[next], application_id, next + 1);
        if (base::result<void> done = execute(on, sql); !done) {
            return done;
        }
    }
    return {};
}

} // namespace tertulia::store
