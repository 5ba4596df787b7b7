-- What a step opened stands with the step, where nothing that is written into the document can change it.

ALTER TABLE stage_change ADD COLUMN opened TEXT; -- JSON: ids of the documents that it opened; absent where there are none

UPDATE stage_change SET opened = (
  SELECT json_group_array(document.id)
  FROM reference JOIN document ON document.id = reference.document_id
  WHERE reference.target_document_id = stage_change.document_id AND reference.relation = 'continues'
    AND document.created_at = stage_change.created_at
);
UPDATE stage_change SET opened = NULL WHERE opened = '[]';
