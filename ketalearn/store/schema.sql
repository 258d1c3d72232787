-- The learner's history. Rows of `event` are written once: no row is ever changed or removed, except by erasing all.
-- It has no index: a damaged one would hide rows that the chain still finds, and a history is read from its beginning anyway.
CREATE TABLE event (
    seq     INTEGER PRIMARY KEY,   -- order of writing; never the clock
    at      TEXT    NOT NULL,      -- UTC, ISO 8601
    pack    TEXT    NOT NULL,      -- namespace/id
    kind    TEXT    NOT NULL,
    body    TEXT    NOT NULL,      -- JSON
    chain   TEXT    NOT NULL       -- sha256 of the chain before and of this row
) STRICT;
CREATE TRIGGER event_is_written_once BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;

-- The newest link of the chain, kept apart, so that a tail that was cut off does not go unseen.
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, chain TEXT NOT NULL) STRICT;
INSERT INTO head VALUES (1, 0, '');

-- Where the learner is, and what is half written. Outside the chain: each row is replaced by the next.
CREATE TABLE place (pack TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (pack, key)) STRICT;
