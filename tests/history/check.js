// check.js -- whether what several servers told people of one meeting can be true: a history is held against the journal
// that is left of it. Knows neither servers nor sockets.

/**
 * A row of the journal. `kept`: the id of its command, where it is the last fact of one. `writer`: the process that wrote it.
 * @typedef {{seq: number, epoch: number, at: number, writer: string, kept: string | null, fact: Record<string, any>}} Row
 */
/**
 * What somebody sent until it was answered for good. `first`, `sent`, `heard`: when it was sent first and last, and when
 * the answer came. `kept`: its id as the journal has it. `node`: who said so.
 * @typedef {{id: string, kept: string, do: string, text?: string, first: number, sent: number, heard: number,
 *   tries: number, node: string, reply: {ok: boolean, seq?: number, code?: string}}} Answer
 */
/**
 * `clocks`: what a server said that the meeting's clock shows, to a question that was asked and answered when. `live` is what somebody's screen has come to,
 * `fresh` what a new one is told.
 * @typedef {{name: string, answers: Answer[], seen: {seq: number, fact: object}[],
 *   clocks: {asked: number, heard: number, now: number, node: string}[], live?: object, fresh?: object}} Party
 */
/**
 * `owned`: who had the meeting in which epoch, in the order of the database; '' is nobody.
 * @typedef {{rows: Row[], owned: {epoch: number, owner: string}[], parties: Party[]}} History
 */

/** By key, in the order of coming. */
function by(list, keyOf) {
  const all = new Map();
  for (const each of list) all.set(keyOf(each), [...(all.get(keyOf(each)) ?? []), each]);
  return all;
}

const answersOf = (history) => history.parties.flatMap(({ answers }) => answers);

function* numbers({ rows }) {
  for (const [i, { seq, at }] of rows.entries()) {
    if (seq !== i + 1) return yield `fact ${seq} stands where ${i + 1} should`;
    if (i && at < rows[i - 1].at)
      yield `fact ${seq} is of ${at}, the one before of ${rows[i - 1].at}`;
  }
}

/** Each that was acknowledged is there once, under the number that was told; what was refused is not. */
function* kept(history) {
  const rows = by(
    history.rows.filter((row) => row.kept),
    (row) => row.kept,
  );
  for (const [id, all] of rows)
    if (all.length > 1) yield `command ${id} is there twice: ${all.map(({ seq }) => seq)}`;
  for (const { id, kept: key, do: what, reply } of answersOf(history)) {
    const at = rows.get(key)?.[0].seq;
    if (reply.ok && at !== reply.seq)
      yield `${what} ${id} was acknowledged as ${reply.seq}, and is ${at ?? 'not there'}`;
    if (!reply.ok && at) yield `${what} ${id} was refused as ${reply.code}, and is ${at}`;
  }
}

/** Whatever people wrote is on the board once. */
function* texts(history) {
  const added = by(
    history.rows.filter(({ fact }) => fact.fact === 'contribution.added'),
    ({ fact }) => fact.text,
  );
  for (const [text, all] of added)
    if (all.length > 1) yield `"${text}" is there twice: ${all.map(({ seq }) => seq)}`;
  for (const { text, reply } of answersOf(history))
    if (text && reply.ok && !added.has(text)) yield `"${text}" was acknowledged, and is not there`;
}

/** An epoch has one owner, and is one process's; none comes after a newer one. */
function* owners({ rows, owned }) {
  let newest = 0;
  const whose = new Map();
  for (const { epoch, owner } of owned) {
    if (epoch < newest) yield `epoch ${epoch} was claimed after ${newest}`;
    newest = Math.max(newest, epoch);
    if (!owner) continue;
    if (whose.has(epoch) && whose.get(epoch) !== owner)
      yield `epoch ${epoch} was ${whose.get(epoch)}'s and ${owner}'s`;
    whose.set(epoch, owner);
  }
  const writers = new Map();
  let before = 0;
  for (const { seq, epoch, writer } of rows) {
    if (epoch < before) yield `fact ${seq} is of epoch ${epoch}, the one before of ${before}`;
    before = epoch;
    if (!whose.has(epoch)) yield `fact ${seq} is of epoch ${epoch}, which nobody had`;
    if ((writers.get(epoch) ?? writer) !== writer)
      yield `fact ${seq} of epoch ${epoch} is ${writer}'s, others of it are ${writers.get(epoch)}'s`;
    writers.set(epoch, writer);
  }
}

/**
 * Once somebody was answered by a meeting's next owner, the one before says nothing more. What was sent more than once may be
 * told later by whoever leads then, and what a server passes on for another one may come late.
 */
function* silence(history) {
  const epochs = new Map(history.rows.map(({ seq, epoch }) => [seq, epoch]));
  const whose = new Map(
    history.owned.filter(({ owner }) => owner).map(({ epoch, owner }) => [epoch, owner]),
  );
  const heard = answersOf(history)
    .filter(({ reply, tries }) => reply.ok && tries === 1 && epochs.has(reply.seq))
    .map((each) => ({ ...each, epoch: epochs.get(each.reply.seq) }))
    .sort((a, b) => a.heard - b.heard);
  let newest = 0;
  for (const { epoch, id, node } of heard) {
    if (epoch < newest && node === whose.get(epoch))
      yield `${node} acknowledged ${id} in epoch ${epoch} after somebody was answered in ${newest}`;
    newest = Math.max(newest, epoch);
  }
}

const same = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** The same with the names of all objects in order. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (!value || typeof value !== 'object') return value;
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  return Object.fromEntries(names.sort().map((name) => [name, sorted(value[name])]));
}

/** What somebody saw is there, as they saw it. */
function* seen({ rows, parties }) {
  const bySeq = new Map(rows.map((row) => [row.seq, row.fact]));
  for (const { name, seen: all } of parties)
    for (const { seq, fact } of all) {
      const is = bySeq.get(seq);
      if (!is) yield `${name} saw fact ${seq} (${fact.fact}), which is not there`;
      else if (Object.keys(fact).some((key) => key in is && !same(fact[key], is[key])))
        yield `${name} saw fact ${seq} as ${JSON.stringify(fact)}, and it is ${JSON.stringify(is)}`;
    }
}

/** Whoever asks after another has been answered is told no less, whichever server it is. */
function* clocks({ parties }) {
  const all = parties.flatMap((party) => party.clocks).sort((a, b) => a.asked - b.asked);
  const answered = [...all].sort((a, b) => a.heard - b.heard);
  let newest = { now: -Infinity, node: '' };
  let next = 0;
  for (const { asked, now, node } of all) {
    for (; next < answered.length && answered[next].heard < asked; next++)
      if (answered[next].now > newest.now) newest = answered[next];
    if (now < newest.now)
      yield `the clock was ${newest.now} at ${newest.node}, and then ${now} at ${node}`;
  }
}

/** Where two values differ first. */
function difference(a, b, at = '') {
  if (same(a, b)) return '';
  const isTree = [a, b].every((value) => value && typeof value === 'object');
  if (!isTree) return `${at}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const name of names) {
    const found = difference(a[name], b[name], `${at}.${name}`);
    if (found) return found;
  }
  return at;
}

function* screens({ parties }) {
  for (const { name, live, fresh } of parties) {
    const found = live && difference(live, fresh);
    if (found) yield `${name} has another state than a new screen: ${found}`;
  }
}

/** What cannot be so, a line each. @param {History} history @returns {string[]} */
export const check = (history) =>
  [numbers, kept, texts, owners, silence, seen, clocks, screens].flatMap((rule) => [
    ...rule(history),
  ]);
