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
writeFileSync(
  join(folder, 'words'),
  [...words].map((word) => `"${word.replace(/["\\]/g, '\\$&')}"`).join('\n') + '\n',
);
