-- Times are milliseconds since 1970 (UTC). Booleans are 0 or 1. Ids are UUIDs of version 7, written as text.

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,              -- lower case
  name TEXT NOT NULL,
  color INTEGER NOT NULL,
  password_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Only the SHA-256 of a session's secret is kept: a copy of the database opens no session.
CREATE TABLE session (
  id TEXT PRIMARY KEY,                     -- SHA-256, hex
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  bearer INTEGER NOT NULL DEFAULT 0,
  shared_computer INTEGER NOT NULL DEFAULT 0,
  user_agent TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL              -- idle; the absolute limit is counted from created_at
) STRICT;
CREATE INDEX session_account ON session (account_id);

CREATE TABLE password_reset (
  token_hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  created_by TEXT REFERENCES account (id), -- absent when the command line made it
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;

CREATE TABLE network (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE team (
  id TEXT PRIMARY KEY,
  network_id TEXT NOT NULL REFERENCES network (id),
  name TEXT NOT NULL,
  district TEXT,
  state TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX team_network ON team (network_id);

-- One role of one person; team_id exactly for the roles lead and member.
CREATE TABLE membership (
  id TEXT PRIMARY KEY,
  network_id TEXT NOT NULL REFERENCES network (id),
  account_id TEXT NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  team_id TEXT REFERENCES team (id),
  title TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX membership_once ON membership (network_id, account_id, role, coalesce(team_id, ''));
CREATE INDEX membership_account ON membership (account_id);

CREATE TABLE invitation (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  network_id TEXT NOT NULL REFERENCES network (id),
  role TEXT NOT NULL,
  team_id TEXT REFERENCES team (id),
  email TEXT,
  created_by TEXT NOT NULL REFERENCES account (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  redeemed_at INTEGER,
  redeemed_by TEXT REFERENCES account (id),
  revoked_at INTEGER
) STRICT;
CREATE INDEX invitation_network ON invitation (network_id);

CREATE TABLE document (
  id TEXT PRIMARY KEY,
  network_id TEXT NOT NULL REFERENCES network (id),
  team_id TEXT REFERENCES team (id),
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  shared INTEGER NOT NULL,
  epoch TEXT NOT NULL,
  schema INTEGER NOT NULL,
  created_by TEXT NOT NULL REFERENCES account (id),
  created_at INTEGER NOT NULL,
  archived_at INTEGER,
  archived_by TEXT REFERENCES account (id),
  -- Written by the update log with each commit.
  head_seq INTEGER NOT NULL DEFAULT 0,
  updated_at INTEGER NOT NULL,
  updated_by TEXT REFERENCES account (id),
  -- What the facts, references and search rows were made from; start-up compares it with head_seq.
  projected_seq INTEGER NOT NULL DEFAULT -1
) STRICT;
CREATE INDEX document_network ON document (network_id, team_id);

-- The update log: the truth about what a document holds. Rows behind a snapshot are folded into segments.
CREATE TABLE document_update (
  document_id TEXT NOT NULL REFERENCES document (id),
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  payload BLOB NOT NULL,
  account_id TEXT,                         -- the verified author; absent for the system's own edits
  connection_id TEXT,
  via TEXT NOT NULL,                       -- ws, http, restore, import, transition, system
  created_at INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (document_id, epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE document_snapshot (
  document_id TEXT NOT NULL REFERENCES document (id),
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  state BLOB NOT NULL,
  checksum INTEGER NOT NULL,               -- CRC-32 of the state
  clients TEXT NOT NULL,                   -- JSON: Yjs client id to the account that wrote first under it
  created_at INTEGER NOT NULL,
  PRIMARY KEY (document_id, epoch, seq)
) STRICT;

-- A stretch of folded rows: compressed payloads one after the other, their boundaries in the index.
CREATE TABLE document_segment (
  document_id TEXT NOT NULL REFERENCES document (id),
  epoch TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  payload BLOB NOT NULL,                   -- deflated
  boundaries TEXT NOT NULL,                -- JSON: [{seq, at, accountId, connectionId, via, length}]
  created_at INTEGER NOT NULL,
  PRIMARY KEY (document_id, epoch, first_seq)
) STRICT;

CREATE TABLE document_version (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document (id),
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  note TEXT,
  cause TEXT NOT NULL,                     -- by-hand, import, active, left, deletion, transition
  account_id TEXT REFERENCES account (id),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX document_version_document ON document_version (document_id, seq);

-- Bytes that were refused because they would have harmed a document, kept for whoever looks into it.
CREATE TABLE document_quarantine (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL,
  account_id TEXT,
  connection_id TEXT,
  reason TEXT NOT NULL,
  payload BLOB NOT NULL,                   -- of a large one the beginning
  bytes INTEGER NOT NULL,                  -- the length of the whole
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX document_quarantine_account ON document_quarantine (account_id);

-- Projections: rows derived from documents. All of them can be thrown away and rebuilt (`throughline reindex`).
CREATE TABLE fact (
  document_id TEXT NOT NULL REFERENCES document (id),
  name TEXT NOT NULL,
  part TEXT,
  value TEXT NOT NULL                      -- JSON
) STRICT;
CREATE INDEX fact_document ON fact (document_id);
CREATE INDEX fact_name ON fact (name);

CREATE TABLE reference (
  document_id TEXT NOT NULL REFERENCES document (id),
  part TEXT,
  target_document_id TEXT NOT NULL,
  target_part TEXT,
  relation TEXT NOT NULL
) STRICT;
CREATE INDEX reference_document ON reference (document_id);
CREATE INDEX reference_target ON reference (target_document_id);

-- What search reads: the words of a document, and of its parts. The index follows the table by itself.
CREATE TABLE passage (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document (id),
  part TEXT,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX passage_document ON passage (document_id);

CREATE VIRTUAL TABLE passage_search USING fts5 (
  text,
  content = 'passage',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER passage_added AFTER INSERT ON passage BEGIN
  INSERT INTO passage_search (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN
  INSERT INTO passage_search (passage_search, rowid, text) VALUES ('delete', old.id, old.text);
END;

CREATE TABLE audit (
  id TEXT PRIMARY KEY,
  network_id TEXT,
  account_id TEXT,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,                    -- JSON
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_network ON audit (network_id, created_at);
