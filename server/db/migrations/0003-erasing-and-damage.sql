-- What is erased for good, and what was found damaged.

-- A seal is never changed, but for words that must not be kept at all: then it says when they were taken out, and its hash
-- stays that of the text before.
ALTER TABLE seal ADD COLUMN erased_at INTEGER;
ALTER TABLE amendment ADD COLUMN erased_at INTEGER;

DROP TRIGGER seal_is_never_changed;
CREATE TRIGGER seal_is_never_changed BEFORE UPDATE ON seal
WHEN new.erased_at IS NULL OR new.id <> old.id OR new.document_id <> old.document_id OR new.name <> old.name
  OR new.hash <> old.hash OR new.account_id <> old.account_id OR new.present <> old.present
  OR new.created_at <> old.created_at OR length(new.text) <> length(old.text)
BEGIN
  SELECT raise(ABORT, 'a seal is never changed');
END;

DROP TRIGGER amendment_is_never_changed;
CREATE TRIGGER amendment_is_never_changed BEFORE UPDATE ON amendment
WHEN new.erased_at IS NULL OR new.id <> old.id OR new.seal_id <> old.seal_id OR new.part <> old.part
  OR new.hash <> old.hash OR new.account_id <> old.account_id OR new.created_at <> old.created_at
  OR length(new.text) <> length(old.text) OR length(new.reason) <> length(old.reason)
BEGIN
  SELECT raise(ABORT, 'an amendment is never changed');
END;

-- A row of the log whose bytes are not what was written is set aside, and the rest of its document opens.
ALTER TABLE document_update ADD COLUMN checksum INTEGER; -- CRC-32 of the payload; absent in rows of earlier versions

CREATE TABLE document_damage (
  document_id TEXT NOT NULL REFERENCES document (id),
  seq INTEGER NOT NULL,
  payload BLOB NOT NULL,                   -- as it was found; empty where the row was not there at all
  reason TEXT NOT NULL,                    -- changed, unreadable, missing, unfounded (stands on another that is)
  created_at INTEGER NOT NULL,
  PRIMARY KEY (document_id, seq)
) STRICT, WITHOUT ROWID;
