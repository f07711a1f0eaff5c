-- A database as version 1 of the schema left it: kept, never changed.
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

INSERT INTO meta VALUES ('message_key', '0123456789abcdef');
INSERT INTO meta VALUES ('numbers_reserved', 1048577);
INSERT INTO meta VALUES ('time', 1790000000000);
INSERT INTO meta VALUES ('folding_version', '15.0');
INSERT INTO rooms VALUES (2, '#Ñandú', '#ñandú', 42, 1, 1790000000000, 'tema', 'ana', 1790000000000, 18, '', 0, 0, NULL);
INSERT INTO room_masks VALUES (2, 0, 0, 'luis!*@*', 'luis!*@*', 'ana', 1790000000000);
INSERT INTO messages VALUES (2, 5, 1790000000000, 0, 'ana', '~ana', '127.0.0.1', '', 'hola', '', 0);
INSERT INTO messages VALUES (2, 6, 1790000000001, 1, 'ana', '~ana', '127.0.0.1', '', 'aviso', '', 0);
PRAGMA application_id = 1413829204;
PRAGMA user_version = 1;
