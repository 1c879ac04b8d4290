// journal.js -- the journal of meetings in PostgreSQL as check.js wants it, and who had them: for that the database takes
// notes of its own, that no server knows of.

/** Prepares a database whose schema is there. @param {(sql: string) => Promise<string>} say */
export const takeNotes = (say) =>
  say(`CREATE SCHEMA noted;
CREATE TABLE noted.owner (id bigint GENERATED ALWAYS AS IDENTITY, meeting bigint, epoch bigint, owner text);
CREATE TABLE noted.writer (fact bigint PRIMARY KEY, writer text);
CREATE FUNCTION noted.owner() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO noted.owner (meeting, epoch, owner) VALUES (NEW.id, NEW.epoch, NEW.owner);
  RETURN NULL;
END $$;
CREATE FUNCTION noted.writer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO noted.writer VALUES (NEW.id, pg_catalog.current_setting('application_name'));
  RETURN NULL;
END $$;
CREATE TRIGGER noted AFTER INSERT OR UPDATE OF owner, epoch ON runde.meeting
  FOR EACH ROW EXECUTE FUNCTION noted.owner();
CREATE TRIGGER noted AFTER INSERT ON runde.fact FOR EACH ROW EXECUTE FUNCTION noted.writer()`);

const lines = (text) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** @param {(sql: string) => Promise<string>} say @param {string} code  of the meeting */
export async function journalOf(say, code) {
  const rows = lines(
    await say(`SELECT json_build_object('seq', f.seq, 'epoch', f.epoch, 'at', f.at, 'kept', c.id,
        'writer', w.writer, 'body', f.body, 'text', t.body)
      FROM runde.meeting m JOIN runde.fact f ON f.meeting = m.id
      LEFT JOIN runde.text t ON t.fact = f.id LEFT JOIN runde.command c ON c.fact = f.id
      LEFT JOIN noted.writer w ON w.fact = f.id WHERE m.code = '${code}' ORDER BY f.seq`),
  ).map(({ body, text, ...row }) => ({
    ...row,
    fact: { at: row.at, ...JSON.parse(body), ...(text && JSON.parse(text)) },
  }));
  const owned = lines(
    await say(`SELECT json_build_object('epoch', o.epoch, 'owner', coalesce(o.owner, ''))
      FROM noted.owner o JOIN runde.meeting m ON m.id = o.meeting WHERE m.code = '${code}' ORDER BY o.id`),
  );
  return { rows, owned };
}

/** Who has it by now; '' is nobody. */
export const ownerOf = (say, code) =>
  say(`SELECT coalesce(owner, '') FROM runde.meeting WHERE code = '${code}'`);
