// make.js -- makes what tests/compat keeps of a release: see README.md.
//
//     node tests/compat/make.js TREE
//
// TREE is a checkout of that release with this folder in it, where runde, meet, record_meet and
// record_sim are built. Wants sqlite3.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { look, serve } from './look.js';

const ROLES = ['console', 'board', 'scribe', 'leader'];
const PHONES_MAX = 3;
const CROWDS = 5;
const AWAY_MS = 10 * 60 * 1000;
/** The journal's server is said to have stopped then: a test can only move a clock ahead. */
const STOPPED = Date.UTC(2100, 0, 1);

const tree = resolve(process.argv[2]);
const built = (name) => join(tree, 'build', name);
const here = fileURLToPath(new URL('.', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'runde-make-'));
process.env.TZ = 'UTC';

const run = (name, args, env = {}) =>
  execFileSync(built(name), args, { encoding: 'utf8', cwd: tree, env: { ...process.env, ...env } });
const scripts = readdirSync(join(tree, 'tests/scripts'))
  .filter((name) => name.endsWith('.meet'))
  .map((name) => join(tree, 'tests/scripts', name));
const keep = (name, bytes) => writeFileSync(join(here, name), gzipSync(bytes, { level: 9 }));

function conversations() {
  const RUNDE_RECORD = join(work, 'record');
  const record = (name, program, argument) => {
    run(program, [argument], { RUNDE_RECORD });
    keep(`conversations/${name}.gz`, readFileSync(RUNDE_RECORD));
  };
  for (const script of scripts) record(basename(script, '.meet'), 'record_meet', script);
  for (let seed = 1; seed <= CROWDS; seed++)
    record(`a_crowd_of_seed_${seed}`, 'record_sim', String(seed));
}

/** The keys and tokens that were said and told, by meeting. */
function overheard() {
  const meetings = new Map();
  let meeting;
  for (const line of readFileSync(join(work, 'log'), 'utf8').trimEnd().split('\n')) {
    const [, text] = /** @type {string[]} */ (line.match(/^[<>] \w+ (.*)$/s));
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      continue; // Scripts send broken frames too.
    }
    if (frame.hello?.meeting) {
      const { meeting: code, as, key } = frame.hello;
      if (!meetings.has(code)) meetings.set(code, { code, keys: {}, tokens: new Set() });
      meeting = meetings.get(code);
      if (key) meeting.keys[as] ??= key;
    }
    const { token, seats = [] } = frame.welcome ?? {};
    for (const each of [token, ...seats.map((seat) => seat.token)])
      if (each) meeting.tokens.add(each);
  }
  return [...meetings.values()].map((each) => ({
    ...each,
    tokens: [...each.tokens].slice(0, PHONES_MAX),
  }));
}

async function journal() {
  const data = join(work, 'data');
  const sql = (text) =>
    execFileSync('sqlite3', [join(data, 'runde.db'), text], { encoding: 'utf8' })
      .trimEnd()
      .split('\n');
  run('meet', ['--live', built('runde'), work, '--log', join(work, 'log'), ...scripts]);
  const kinds = new Set(sql("select json_extract(body, '$.fact') from fact"));
  const wanted = readdirSync(join(tree, 'protocol/facts')).map((name) => basename(name, '.json'));
  assert.deepEqual(
    wanted.filter((kind) => !kinds.has(kind)),
    [],
  );

  const known = new Set(sql('select code from meeting'));
  const meetings = overheard().filter(({ code }) => known.has(code));
  let server = await serve(built('runde'), data, Number(sql('select wall from mark')[0]) + 1000);
  for (const { code, keys } of meetings)
    for (const role of ROLES.filter((each) => !keys[each])) {
      const out = run('runde', ['link', code, role, '--data', data]);
      keys[role] = /** @type {RegExpMatchArray} */ (out.match(/#([\w-]{43})/))[1];
    }
  await server.kill();

  // As if it had been another machine's: then the server's clock goes on by the wall clock.
  const elsewhere = '00000000-0000-0000-0000-000000000000';
  sql(`update mark set boot_id = '${elsewhere}', wall = ${STOPPED}; vacuum;`);
  keep('journal/runde.db.gz', readFileSync(join(data, 'runde.db')));

  const at = STOPPED + AWAY_MS;
  server = await serve(built('runde'), data, at);
  for (const meeting of meetings) meeting.seen = await look(server, meeting);
  await server.kill();
  keep('journal/told.json.gz', JSON.stringify({ at, meetings }));
}

conversations();
await journal();
rmSync(work, { recursive: true, force: true });
