import './support/hooks.js';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const edit = await import('../../web/start/plan/agenda.js');
const { checkAgenda } = await import('../../web/start/plan/check.js');
const { fileName, fileText, readFile } = await import('../../web/start/plan/file.js');
const { back, did, forth, nothingDone, settled } = await import('../../web/start/plan/undo.js');

const folder = new URL('../../server/templates/', import.meta.url);
const templates = readdirSync(folder).map((name) => ({
  name,
  agenda: JSON.parse(readFileSync(new URL(name, folder), 'utf8')),
}));
const school = templates.find(({ name }) => name === 'skoleudviklingssamtale.json').agenda;
const ids = (form) => form.items.map((item) => item.parts.map((part) => part.id).join(' '));

test('a template goes through the form unchanged', () => {
  for (const { name, agenda } of templates)
    assert.deepEqual(edit.agendaOf(edit.formOf(agenda)), agenda, name);
});

test('what is not filled in is left out, but for what an agenda cannot be without', () => {
  let form = edit.formOf({
    items: [
      {
        no: 1,
        title: '',
        minutes: 5,
        goal: ' ',
        bank: [
          { title: '', questions: [''] },
          { title: 'Mere', questions: [] },
        ],
        parts: [{ id: 'a', method: 'talk', questions: ['En', ''], responsible: [''] }],
      },
    ],
  });
  form = edit.put(form, ['place'], '');
  assert.deepEqual(edit.agendaOf(form), {
    items: [
      {
        no: 1,
        title: '',
        minutes: 5,
        bank: [{ title: 'Mere', questions: [] }],
        parts: [{ id: 'a', method: 'talk', questions: ['En'] }],
      },
    ],
  });
});

test('a change shares what it did not touch', () => {
  const form = edit.formOf(school);
  const next = edit.put(form, ['items', 3, 'parts', 1, 'minutes'], 20);
  assert.equal(next.items[3].parts[1].minutes, 20);
  assert.equal(form.items[3].parts[1].minutes, 25);
  assert.equal(next.items[2], form.items[2]);
  assert.equal(next.items[3].parts[0], form.items[3].parts[0]);
  assert.equal(Object.hasOwn(edit.put(next, ['purpose'], undefined), 'purpose'), false);
});

test('a number is read as it was typed, and what is none stays to be told', () => {
  assert.deepEqual(['25', ' 7 ', '', '7,5', '-3', 'ti'].map(edit.numberIn), [
    25,
    7,
    undefined,
    '7,5',
    '-3',
    'ti',
  ]);
});

test('items that move are numbered anew and keep their key', () => {
  const form = edit.moveItem(edit.formOf(school), 4, 0);
  assert.deepEqual(
    form.items.map((item) => item.key),
    [4, 1, 2, 3, 5, 6, 7],
  );
  assert.deepEqual(
    form.items.map((item) => item.no),
    [1, 2, 3, 4, 5, 6, 7],
  );
  assert.equal(edit.moveItem(form, 4, -3), form);
});

test('a part moves within its item, to another, and step by step over the edge', () => {
  const form = edit.formOf(school);
  assert.equal(ids(edit.movePart(form, '4a', 3, 2))[3], '4b 4c 4a 4d 4e');
  assert.deepEqual(ids(edit.movePart(form, '4a', 0, 1)).slice(0, 4), [
    '1a 4a 1b',
    '2a',
    '3a 3b',
    '4b 4c 4d 4e',
  ]);
  assert.deepEqual(ids(edit.stepPart(form, '3b', 1)).slice(2, 4), ['3a', '3b 4a 4b 4c 4d 4e']);
  assert.deepEqual(ids(edit.stepPart(form, '2a', -1)).slice(0, 2), ['1a 1b 2a', '']);
  assert.equal(edit.stepPart(form, '1a', -1), form);
  assert.equal(edit.stepPart(form, '7a', 1), form);
});

test('a copy gets ids of its own, and shares with the copy', () => {
  const [form, key] = edit.copyItem(edit.formOf(school), 4);
  const all = form.items.flatMap((item) => item.parts.map((part) => part.id));
  assert.equal(new Set(all).size, all.length);
  const copy = form.items[edit.findItem(form, key)];
  assert.equal(copy.parts[2].shares, copy.parts[1].id);
  assert.deepEqual(checkAgenda(edit.agendaOf(form)), []);
});

test('a part that shared with one that is gone is let free', () => {
  const form = edit.removePart(edit.formOf(school), '4b');
  assert.equal(
    Object.hasOwn(
      form.items[3].parts.find((part) => part.id === '4c'),
      'shares',
    ),
    false,
  );
  assert.deepEqual(checkAgenda(edit.agendaOf(form)), []);
});

test('new items and parts are sound at once but for a title', () => {
  const [one] = edit.addItem(edit.formOf(school));
  const [form] = edit.addPart(one, 8, 'spiral');
  assert.deepEqual(checkAgenda(edit.agendaOf(form)), [{ path: 'items.7.title', rule: 'empty' }]);
});

test('another method loses the settings that mean nothing to it', () => {
  const part = {
    id: 'a',
    method: 'spiral',
    minutes: 20,
    laps: 3,
    first_lap: 50,
    turn_min: 30000,
    title: 'T',
  };
  assert.deepEqual(edit.withMethod(part, 'turns'), {
    id: 'a',
    method: 'turns',
    minutes: 20,
    turn_min: 30000,
    title: 'T',
  });
  assert.deepEqual(edit.withMethod(part, 'dialogue'), {
    id: 'a',
    method: 'dialogue',
    minutes: 20,
    title: 'T',
  });
});

test('letters typed into one field are one step, and undo goes back and forth', () => {
  let history = did(nothingDone, { form: 'a', label: 'x' }, 'title');
  history = did(history, { form: 'ab', label: 'x' }, 'title');
  history = did(settled(history), { form: 'abc', label: 'x' }, 'title');
  assert.deepEqual(
    history.past.map(({ form }) => form),
    ['a', 'abc'],
  );
  const once = back(history, 'abcd');
  assert.equal(once.form, 'abc');
  assert.equal(back(once.history, once.form).form, 'a');
  assert.equal(forth(once.history, once.form).form, 'abcd');
  assert.equal(back(nothingDone, 'a'), null);
});

test('a file comes back as it went out', () => {
  for (const { agenda } of templates) assert.deepEqual(readFile(fileText(agenda)), { agenda });
  assert.deepEqual(readFile(`\uFEFF${fileText(school)}`), { agenda: school });
});

test('a file that is no agenda says what is wrong and where', () => {
  assert.equal(readFile('{"items": [\n  {"no": 1,}\n]}').wrong[0].rule, 'json');
  assert.equal(readFile('{"items": [\n  {"no": 1,}\n]}').line, 2);
  const rules = (agenda) =>
    readFile(JSON.stringify(agenda)).wrong.map(({ path, rule }) => `${path} ${rule}`);
  assert.deepEqual(rules([]), [' type']);
  assert.deepEqual(rules({}), ['items required']);
  assert.deepEqual(rules({ items: [] }), ['items no_items']);
  assert.deepEqual(rules({ items: [{ no: 1, title: 'x', minutes: 5, parts: [] }] }), [
    'items.0.parts no_parts',
  ]);
  const part = { id: 'a', method: 'talk' };
  const item = { no: 1, title: 'x', minutes: 5, parts: [part] };
  assert.deepEqual(rules({ items: [{ ...item, farve: 'rød' }] }), ['items.0.farve unknown']);
  assert.deepEqual(rules({ items: [{ ...item, minutes: 7.5 }] }), ['items.0.minutes integer']);
  assert.deepEqual(rules({ items: [{ ...item, parts: [part, part] }] }), [
    'items.0.parts.0.id same_id',
    'items.0.parts.1.id same_id',
  ]);
  assert.deepEqual(rules({ items: [{ ...item, parts: [{ ...part, shares: 'a' }] }] }), [
    'items.0.parts.0.shares shares',
  ]);
  assert.deepEqual(rules({ items: [{ ...item, parts: [{ ...part, method: 'afstemning' }] }] }), [
    'items.0.parts.0.method enum',
  ]);
  for (const date of ['12/5', '12-05-2026', '2026-5-12', '2026-02-30', '2025-02-29', '2026-04-31'])
    assert.deepEqual(rules({ date, items: [item] }), ['date day'], date);
  assert.deepEqual(rules({ from_date: '1900-02-29', items: [item] }), ['from_date day']);
  for (const date of ['2024-02-29', '2000-02-29', '2026-12-31'])
    assert.ok(readFile(JSON.stringify({ date, items: [item] })).agenda, date);
  for (const starts of ['9:00', '9.00', '09.00', '24:00', '24.00', '12:60', '0900', 'kl. 9'])
    assert.deepEqual(rules({ starts, items: [item] }), ['starts hour'], starts);
  for (const starts of ['00:00', '09:00', '23:59'])
    assert.ok(readFile(JSON.stringify({ starts, items: [item] })).agenda, starts);
  assert.deepEqual(rules({ items: [{ ...item, parts: [{ ...part, id: 'A b' }] }] }), [
    'items.0.parts.0.id pattern',
  ]);
  assert.deepEqual(rules({ title: ' \u200b ', items: [item] }), ['title empty']);
  const long = { title: `${'a'.repeat(200)}\u200b `, items: [item] };
  assert.ok(readFile(JSON.stringify(long)).agenda, 'what is left counts');
  assert.equal(readFile(' '.repeat(300000)).wrong[0].rule, 'large');
});

test('a file is named by title and day', () => {
  assert.equal(
    fileName({ title: 'Ågården: mål & øvelser', date: '2026-05-12' }),
    'aagaarden-maal-oevelser-2026-05-12.json',
  );
  assert.equal(fileName({}), 'runde.json');
});
