// protogen.test.js -- nothing in protocol/ is without effect: what protogen does not know, it
// refuses, and names the file.
//
// It is build/protogen, or the one that RUNDE_PROTOGEN names.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const program =
  process.env.RUNDE_PROTOGEN ?? fileURLToPath(new URL('../../build/protogen', import.meta.url));
const source = fileURLToPath(new URL('../../protocol', import.meta.url));
const words = fileURLToPath(new URL('../../web/locale', import.meta.url));
const room = mkdtempSync(join(tmpdir(), 'protogen-'));
after(() => rmSync(room, { recursive: true }));

/** Runs protogen on a copy of protocol/ and of the locale files that `spoil` has had its way with. */
function run(name, spoil = () => {}) {
  const folder = join(room, name, 'protocol');
  const out = join(room, name, 'gen');
  cpSync(source, folder, { recursive: true });
  cpSync(words, join(folder, 'locale'), { recursive: true });
  mkdirSync(out);
  spoil(folder);
  const { status, stderr } = spawnSync(program, [folder, out, join(folder, 'locale')], {
    encoding: 'utf8',
  });
  return { status, stderr, out };
}

/** Changes one file of the copy as JSON. */
const change = (file, how) => (folder) => {
  const path = join(folder, file);
  const root = JSON.parse(readFileSync(path, 'utf8'));
  how(root);
  writeFileSync(path, JSON.stringify(root));
};

test('the same folder gives the same bytes', () => {
  const one = run('one');
  const two = run('two');
  assert.equal(one.status, 0, one.stderr);
  const names = readdirSync(one.out).sort();
  assert.deepEqual(names, [
    'dispatch.gen.c',
    'dispatch.gen.h',
    'protocol.d.ts',
    'protocol.gen.c',
    'protocol.gen.h',
    'protocol.js',
  ]);
  for (const name of names)
    assert.ok(readFileSync(join(one.out, name)).equals(readFileSync(join(two.out, name))), name);
});

test('the pages get what the folder says', async () => {
  const { out } = run('pages');
  writeFileSync(join(out, 'package.json'), '{"type":"module"}');
  const made = await import(pathToFileURL(join(out, 'protocol.js')).href);
  const read = (file) => JSON.parse(readFileSync(join(source, file), 'utf8'));
  assert.deepEqual(made.limits, read('limits.json'));
  assert.deepEqual(made.refusals, Object.keys(read('refusals.json')));
  assert.deepEqual(made.enums.box, read('types.json').box.enum);
  for (const sub of ['commands', 'facts']) {
    const names = readdirSync(join(source, sub)).map((file) => file.slice(0, -'.json'.length));
    const there = sub === 'facts' ? made.facts : Object.keys(made.commands);
    assert.deepEqual([...there].sort(), names.sort());
  }
  const { who, made: thing, refusals } = read('commands/seat.add.json');
  assert.deepEqual(made.commands['seat.add'], { who, made: thing, refusals });
});

test('the server gets what people call methods and answers', () => {
  const { out } = run('words');
  const tables = readFileSync(join(out, 'protocol.gen.c'), 'utf8');
  for (const locale of ['da', 'en']) {
    const { method, answer } = JSON.parse(readFileSync(join(words, `${locale}.json`), 'utf8'));
    for (const [type, named] of Object.entries({ METHOD: method, ANSWER: answer }))
      for (const [name, word] of Object.entries(named))
        assert.ok(tables.includes(`[${type}_${name.toUpperCase()}] = "${word}"`), word);
  }
});

const settings = (name) => ({
  type: 'object',
  properties: { [name]: { $ref: 'lap' } },
  required: [],
});

const spoilt = [
  ['commands/undo.json', 'an unknown key', (c) => (c.colour = 'red')],
  ['commands/undo.json', 'another name than its file', (c) => (c.do = 'redo')],
  ['commands/undo.json', 'a role that is none', (c) => (c.who = ['king'])],
  ['commands/undo.json', 'a role that is none, later', (c) => (c.later = ['king'])],
  [
    'facts/recap.saved.json',
    'what the minutes say, neither true nor false',
    (f) => (f.minutes = 1),
  ],
  ['commands/undo.json', 'a refusal that is none', (c) => (c.refusals = ['no'])],
  ['commands/undo.json', 'no example', (c) => delete c.example],
  ['commands/undo.json', 'no word on how it is undone', (c) => delete c.undo],
  ['commands/turn.more.json', 'an undo that is nobody’s', (c) => (c.undo.whose = 'board')],
  ['commands/turn.more.json', 'an undo that sets nothing again', (c) => delete c.undo.block],
  ['commands/part.next.json', 'a seat that it has not', (c) => (c.undo.seat = 'named')],
  ['facts/undo.spent.json', 'room that is neither true nor false', (f) => (f.room = 1)],
  ['methods/spiral.json', 'a trait that is none', (m) => (m.traits.round = true)],
  ['methods/spiral.json', 'a trait of another type', (m) => (m.traits.laps = true)],
  ['methods/retrospect.json', 'a command that is not its own', (m) => (m.traits.shown_by = 'undo')],
  ['methods/summary.json', 'a box that is none', (m) => m.traits.boxes.push('x')],
  ['methods/spiral.json', 'a command that is none', (m) => m.commands.push('lap.take')],
  ['methods/retrospect.json', 'another method’s command', (m) => m.commands.push('lap.add')],
  ['methods/talk.json', 'another one’s place', (m) => (m.place = 40)],
  ['methods/retrospect.json', 'a snapshot that no hook fills', (m) => m.hooks.pop()],
  ['methods/talk.json', 'a hook without a name', (m) => (m.hooks = [7])],
  [
    'methods/pairs.json',
    'a record that stands in records/',
    (m) => (m.records.task = m.records.pair),
  ],
  ['methods/pairs.json', 'an unknown key in a record', (m) => (m.records.pair.colour = 'red')],
  ['methods/spiral.json', 'a setting of another’s name', (m) => (m.settings = settings('laps'))],
  ['records/now.json', 'a null that is always there', (r) => r.fields.null.push('turn')],
  ['records/post.json', 'a spread of nothing', (r) => (r.fields.properties['...x'] = {})],
  ['commands/seat.add.json', 'an unknown keyword', (c) => (c.with.minProperties = 1)],
  [
    'commands/seat.add.json',
    'a keyword beside $ref',
    (c) => (c.with.properties.name.maxLength = 3),
  ],
  [
    'commands/seat.add.json',
    'a reference to nowhere',
    (c) => (c.with.properties.name.$ref = 'nom'),
  ],
  ['commands/seat.add.json', 'a required field that is none', (c) => c.with.required.push('x')],
  [
    'commands/floor.order.json',
    'a list without an end',
    (c) => delete c.with.properties.order.maxItems,
  ],
  [
    'commands/floor.order.json',
    'a limit that is none',
    (c) => (c.with.properties.order.maxItems = 'limit:x'),
  ],
  ['facts/note.saved.json', 'a redacted field that is none', (f) => f.redact.push('x')],
  ['facts/note.saved.json', 'an untold field that is none', (f) => f.untold.push('x')],
  ['facts/retro.edited.json', 'an author without a seat', (f) => delete f.fields.properties.seat],
  ['frames/reply.json', 'an unknown keyword', (f) => (f.schema.properties.ok.default = true)],
  ['frames/reply.json', 'an unknown sender', (f) => (f.from = 'nobody')],
  [
    'frames/reply.json',
    'an either-or of its own',
    (f) => (f.schema.properties.re.anyOf[1].type = 'integer'),
  ],
  ['records/task.json', 'a comment that ends early', (r) => (r.about = 'x */')],
  ['types.json', 'a pattern that the server cannot check', (t) => (t.date.pattern = '^.*$')],
  ['types.json', 'a range turned round', (t) => (t.percent.minimum = 101)],
  ['types.json', 'an enum of numbers', (t) => t.box.enum.push(7)],
  ['limits.json', 'a limit that is no integer', (l) => (l.seats = 1.5)],
  ['template.schema.json', 'an unknown keyword', (t) => (t.additionalProperties = true)],
];

for (const [file, what, how] of spoilt)
  test(`${file} with ${what} is refused by name`, () => {
    const { status, stderr } = run(
      `${file.replaceAll('/', '-')}-${what.replaceAll(' ', '-')}`,
      change(file, how),
    );
    assert.equal(status, 1);
    assert.ok(stderr.startsWith(`protogen: ${file}: `), stderr);
  });

const unworded = [
  ['da', 'method.spiral', (l) => delete l.method.spiral],
  ['en', 'method.talk', (l) => (l.method.talk = '')],
  ['en', 'answer.tasks', (l) => delete l.answer.tasks],
  ['da', 'answer.next_step', (l) => delete l.answer],
];

for (const [locale, name, how] of unworded)
  test(`${locale}.json without a word for ${name} is refused by name`, () => {
    const { status, stderr } = run(`${locale}-${name}`, change(`locale/${locale}.json`, how));
    assert.equal(status, 1);
    assert.ok(stderr.startsWith(`protogen: ${locale}.json: `), stderr);
    assert.ok(stderr.includes(name), stderr);
  });

test('a locale file with a word for a method that is none is refused by name', () => {
  const { status, stderr } = run(
    'a-word-too-many',
    change('locale/en.json', (l) => (l.method.quiz = 'Quiz')),
  );
  assert.equal(status, 1);
  assert.ok(stderr.startsWith('protogen: en.json: '), stderr);
});

test('records in a ring are refused', () => {
  const { status, stderr } = run(
    'ring',
    change('records/slot.json', (r) => (r.fields.properties.part.$ref = 'slot')),
  );
  assert.equal(status, 1);
  assert.match(stderr, /ring/);
});
