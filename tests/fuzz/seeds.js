// seeds.js -- `node tests/fuzz/seeds.js FOLDER`: what the fuzzers begin with, a folder for each target, and
// `words`, their dictionary; both from protocol/, the templates and what stands beside tests.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = process.argv[2];
const root = new URL('../../', import.meta.url).pathname;
const read = (path) => readFileSync(join(root, path), 'utf8');
const json = (path) => JSON.parse(read(path));
const all = (path) => readdirSync(join(root, path)).filter((name) => name.endsWith('.json'));

let count = 0;
function seed(target, text) {
  mkdirSync(join(folder, target), { recursive: true });
  writeFileSync(join(folder, target, `seed-${(count += 1)}`), text);
}

const ID = '3f2b8c1e-5a77-4a11-9d0e-1c2d3e4f5a6b';
const words = new Set();
function name(value) {
  if (value === null || typeof value !== 'object') return;
  for (const [key, of] of Object.entries(value)) {
    if (!Array.isArray(value)) words.add(`"${key}":`);
    if (typeof of === 'string' && /^[a-z_.]{2,30}$/.test(of)) words.add(`"${of}"`);
    name(of);
  }
}

// Who may send it says it in a meeting, by the numbers of conversation.c.
const people = { console: '0', board: '1', scribe: '2', leader: '3', phone: '4' };
const start = `0${JSON.stringify({ id: ID, do: 'meeting.start' })}\n`;
for (const file of all('protocol/commands')) {
  const { do: command, who, example, with: fields } = json(`protocol/commands/${file}`);
  const frame = {
    id: ID.replace(/^.{8}/, (n) => `${count}${n}`.slice(0, 8).padEnd(8, '0')),
    do: command,
  };
  if (example) frame.with = example;
  const text = JSON.stringify(frame);
  name(frame);
  name(fields?.properties);
  seed('frame', text);
  for (const role of who ?? [])
    if (people[role]) seed('conversation', `${start}+5\n${people[role]}${text}\n+60\n0${text}\n`);
}
for (const which of ['ok', 'bad'])
  for (const file of all(`protocol/examples/${which}`)) {
    const text = read(`protocol/examples/${which}/${file}`).trim();
    seed('frame', text);
    const role = basename(file).split('-')[0];
    if (people[role]) seed('conversation', `${start}${people[role]}${text}\n`);
  }
for (const file of all('protocol/facts')) {
  const { fact, example = {} } = json(`protocol/facts/${file}`);
  name(example);
  seed('fact', JSON.stringify({ seq: 3, at: 1000, fact, ...example }));
}
for (const file of all('server/templates')) {
  const agenda = json(`server/templates/${file}`);
  name(agenda);
  seed('create', JSON.stringify({ agenda }));
  seed(
    'create',
    JSON.stringify({ template: basename(file, '.json'), title: 'Prøve', locale: 'da' }),
  );
}
const meeting =
  '{"runde":"meeting","version":1,"code":"K7QM-4XPR","zero":1764000000000,"facts":1}\n';
seed('parcel', meeting);
for (const file of all('protocol/facts').slice(0, 20)) {
  const { fact, example = {} } = json(`protocol/facts/${file}`);
  seed(
    'parcel',
    `${meeting}${JSON.stringify({ seq: 1, at: 0, wall: 1764000000000, rest: 0, fact: { fact, ...example } })}\n`,
  );
}
[
  'da-DK,da;q=0.9,en;q=0.8',
  'gzip, deflate;q=0.5, *;q=0',
  'lang=da&x=1',
  'https://runde.example:8443',
  '[fe80::1]',
  'http://192.168.1.20:8080',
].forEach((text, i) => seed('headers', String.fromCharCode(i) + text));
seed('settings', read('server/deploy/runde.ini'));
seed('settings', 'listen = 127.0.0.1:0\nrate = 5\nverbose = yes\n[part]\nbase-url=http://x\n');
for (const { written } of json('tests/vectors/codes.json')) seed('text', written);
for (const { csv } of json('tests/vectors/tables.json').cases) seed('text', csv);
seed('text', 'Ærø\u0301 \u200d👩‍👩‍👧 a\tb\nc;"d ""e"""\r\n1,5;2');
seed('text', 'https://runde.example/m/K7QM-4XPR');
// Between servers: trunk.c says what the first byte is; each message has its length before it.
const number = (value, bytes) => {
  const all = Buffer.alloc(8);
  all.writeBigInt64BE(BigInt(value));
  return all.subarray(8 - bytes);
};
const said = (text) => [number(Buffer.byteLength(text), 4), Buffer.from(text), number(0, 1)];
const message = (...fields) => {
  const bytes = Buffer.concat(fields.flat());
  return Buffer.concat([number(bytes.length, 4), bytes]);
};
const channel = (n) => number(BigInt(n) << 32n, 8);
const nonce = 'n'.repeat(32);
const ours = [
  message(number(1, 1), number(1, 8), said(nonce)),
  message(number(2, 1), said(nonce), said(nonce), said('b')),
  message(number(3, 1), said(nonce), said('b')),
  message(number(4, 1)),
  message(number(5, 1), said('192.0.2.1')),
];
const hello = JSON.stringify({ hello: { as: 'phone', meeting: 'K7QM-4XPR', name: 'Bo' } });
const reply = JSON.stringify({ re: ID, ok: true, seq: 3 });
const welcome = JSON.stringify({ welcome: { seat: null, now: 1, wall: 1, protocol: 1 } });
const ask = ['::1', 'POST', '/api/meetings', '', '', '{"template":"runde"}'].map(said).flat();
const theirs = [
  message(number(6, 1), channel(2), number(0, 8), said('::1'), said(hello)),
  message(number(7, 1), channel(2), said(JSON.stringify({ id: ID, do: 'meeting.start' }))),
  message(number(8, 1), channel(1)),
  message(number(9, 1), channel(1)),
  message(number(10, 1), channel(3), number(0, 8), number(3, 1), ask),
];
const back = [
  message(number(11, 1), number(-1, 8), number(0, 1), said(`${channel(1)}`), said(welcome)),
  message(number(11, 1), number(5, 8), number(8, 1), said('\0\0\0\x01\0\0\0\0'), said(reply)),
  message(number(12, 1), channel(1), number(1012, 8)),
  message(number(13, 1), channel(1)),
  message(
    number(14, 1),
    channel(1),
    number(200, 8),
    number(2, 1),
    said('a/b'),
    said(''),
    said('x'),
  ),
];
for (const [state, words] of [
  [0, ours],
  [1, ours],
  [2, theirs],
  [3, back],
])
  for (const pace of [0, 7])
    for (const some of [words, ...words.map((one) => [one])])
      seed('trunk', Buffer.concat([number(state | (pace << 2), 1), ...some]));
writeFileSync(
  join(folder, 'words'),
  [...words].map((word) => `"${word.replace(/["\\]/g, '\\$&')}"`).join('\n') + '\n',
);
