import './support/hooks.js';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { dice } from '../support/dice.js';

const edit = await import('../../web/start/plan/agenda.js');
const { checkAgenda } = await import('../../web/start/plan/check.js');
const { fileName, fileText, readFile } = await import('../../web/start/plan/file.js');
const { answerCommands } = await import('../../web/start/plan/give.js');
const { begun, draftOf } = await import('../../web/start/plan/store.js');
const { expected, figures, schema } = await import('runde:agenda');
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

// tests/README.md, rows 54 and 56
test('a function is enough for a name at a seat that is made ready', () => {
  const form = { ...edit.formOf({ items: [] }), seats: [{ name: '', function: 'Forælder' }, {}] };
  assert.deepEqual(edit.seatsOf(form), [{ name: 'Forælder', function: 'Forælder' }]);
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
  for (const { agenda } of templates)
    assert.deepEqual(readFile(fileText(begun({ agenda }))), { agenda, plan: { people: 12 } });
  const text = JSON.stringify(school);
  assert.deepEqual(readFile(`\uFEFF${text}`), { agenda: school, plan: {} }, 'one of before');
});

/** Any value that a schema takes; each optional field is there every second time. */
function anyOf(node, roll, name = '') {
  const some = (list) => list[Math.floor(roll() * list.length)];
  if (node.type === 'object')
    return Object.fromEntries(
      Object.entries(node.properties)
        .filter(([each]) => node.required?.includes(each) || roll() < 0.5)
        .map(([each, inner]) => [each, anyOf(inner, roll, each)]),
    );
  if (node.type === 'array')
    return Array.from({ length: 1 + Math.floor(roll() * Math.min(3, node.maxItems)) }, () =>
      anyOf(node.items, roll, name),
    );
  if (node.type === 'boolean') return roll() < 0.5;
  if (node.type === 'integer')
    return node.minimum + Math.floor(roll() * (Math.min(node.maximum, 1e6) - node.minimum + 1));
  if (node.enum) return some(node.enum);
  const shaped = [
    '2026-05-12',
    '09:00',
    'https://eksempel.dk/a?b=c',
    'Europe/Copenhagen',
    '4b',
    '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
  ];
  if (node.pattern) return shaped.find((each) => new RegExp(node.pattern, 'u').test(each));
  return some([
    'Æblegrød',
    'to\nlinjer',
    '😀 "citat" <b>',
    'x'.repeat(Math.min(200, node.maxLength)),
  ]);
}

/** What no schema says: ids are a part's own, the minutes have each section and answer once, and a chief's code is one. */
const sound = (agenda) => {
  let n = 0;
  const once = (list, key) => [...new Map(list.map((each) => [each[key], each])).values()];
  if (agenda.before) agenda.before = once(agenda.before, 'id');
  if (agenda.layout)
    agenda.layout = once(agenda.layout, 'section').map(({ section, heading, answers }) => ({
      section,
      ...(section !== 'agenda' && heading && { heading }),
      ...(section === 'decisions' && answers && { answers: once(answers, 'answer') }),
    }));
  if (agenda.chief) agenda.chief = 'WZ2N-7AYJ-99UW-6FJ8';
  for (const part of agenda.items.flatMap((item) => item.parts)) {
    part.id = `p${++n}`;
    delete part.shares;
  }
  return agenda;
};

test('all that a plan asks for survives the file, whatever is filled in', () => {
  const seen = new Set();
  for (let seed = 1; seed <= 300; seed++) {
    const roll = dice(seed);
    const agenda = sound(anyOf(schema, roll));
    const draft = {
      id: 'a',
      template: '',
      agenda,
      people: 2 + Math.floor(roll() * 4998),
      own: roll() < 0.5 ? 17 : '',
      data: Array.from({ length: Math.floor(roll() * 4) }, () => {
        const { data, url, csv, chart, text, ...it } = anyOf(figures, roll);
        if (it.kind === 'text') return { ...it, text: text ?? 'Flere voksne' };
        return it.kind === 'link'
          ? { ...it, url: 'https://a.dk' }
          : { ...it, csv: csv ?? 'A;B\n1;<5', ...(chart ? { chart } : {}) };
      }),
      seats: Array.from({ length: Math.floor(roll() * 4) }, () => {
        const { name, function: job } = anyOf(expected, roll);
        return roll() < 0.5
          ? { function: job ?? 'Elev' }
          : { name, ...(job ? { function: job } : {}) };
      }),
      ticks: roll() < 0.5 ? { week: true, tests: false } : {},
    };
    for (const name of JSON.stringify(agenda).match(/"(\w+)":/g)) seen.add(name.slice(1, -2));
    const state = begun(draft);
    const first = fileText(state);
    const read = readFile(first);
    assert.ok(read.agenda, `seed ${seed}: ${JSON.stringify(read.wrong)}`);
    const again = begun({ ...read.plan, id: 'a', agenda: read.agenda });
    assert.deepEqual(draftOf(again, 0), draftOf(state, 0), `seed ${seed}`);
    assert.equal(fileText(again), first, `seed ${seed}`);
  }
  const fields = (node) =>
    node.type === 'object'
      ? Object.entries(node.properties).flatMap(([name, each]) => [name, ...fields(each)])
      : node.type === 'array'
        ? fields(node.items)
        : [];
  assert.deepEqual(
    fields(schema).filter((name) => !seen.has(name) && name !== 'shares'),
    [],
    'every field was there',
  );
});

test('a plan that is only not finished comes back as it was left', () => {
  let form = edit.formOf(school);
  form = edit.put(form, ['items', 0, 'title'], '');
  form = edit.put(form, ['items', 1, 'minutes'], 'syv');
  form = edit.put(form, ['items', 2, 'minutes'], undefined);
  form = edit.put(form, ['items', 3, 'parts', 0, 'minutes'], 999);
  form = edit.put(form, ['items', 4, 'parts'], []);
  form = edit.put(form, ['focus'], 'a'.repeat(601));
  form = { ...form, data: [{ kind: 'link', title: 'Skema', url: 'eksempel' }, { kind: 'table' }] };
  const { agenda, plan, wrong } = readFile(fileText({ ...begun({ agenda: school }), form }));
  assert.equal(wrong, undefined);
  assert.deepEqual(agenda, edit.agendaOf(form));
  assert.deepEqual(plan.data, form.data);
  const none = readFile(fileText({ ...begun({ agenda: school }), form: { ...form, items: [] } }));
  assert.deepEqual(none.agenda.items, []);
});

test('a file of a newer edition is told so, and nothing else; one of another kind, place by place', () => {
  const rules = (more) =>
    readFile(JSON.stringify({ ...school, ...more })).wrong?.map(
      ({ path, rule }) => `${path} ${rule}`,
    );
  assert.equal(rules({ version: 1 }), undefined);
  assert.deepEqual(readFile(JSON.stringify({ version: 1, ...school })).agenda, school);
  assert.deepEqual(rules({ version: 2, farve: 'rød' }), ['version newer']);
  for (const version of [0, -1, '1', 1.5, null, []])
    assert.deepEqual(rules({ version }), ['version type'], JSON.stringify(version));
  const cut = JSON.stringify({ version: 1, ...school }).slice(0, -40);
  assert.equal(readFile(cut).wrong[0].rule, 'json');
  const minutes = { version: 1, lang: 'da', meeting: 'K7QM-4XPR', edition: 'public', of: [] };
  assert.deepEqual(
    readFile(JSON.stringify(minutes)).wrong.map(({ path, rule }) => `${path} ${rule}`),
    ['lang unknown', 'meeting unknown', 'edition unknown', 'of unknown', 'items required'],
  );
});

test('what a file says under plan is held against what the planner asks', () => {
  const rules = (plan) =>
    readFile(JSON.stringify({ ...school, plan })).wrong.map(({ path, rule }) => `${path} ${rule}`);
  assert.deepEqual(rules(7), ['plan type']);
  assert.deepEqual(rules({ people: '12' }), ['plan.people type']);
  assert.deepEqual(rules({ people: 1 }), ['plan.people type']);
  assert.deepEqual(rules({ farve: 1 }), ['plan.farve unknown']);
  assert.deepEqual(rules({ ticks: { week: 'ja' } }), ['plan.ticks type']);
  assert.deepEqual(rules({ ticks: null }), ['plan.ticks type']);
  assert.deepEqual(rules({ seats: [{ name: 'A', role: 'x' }] }), ['seats.0.role unknown']);
  assert.deepEqual(rules({ seats: [{}] }), ['seats.0.name type']);
  assert.deepEqual(rules({ data: [null] }), ['data type']);
  assert.deepEqual(rules({ data: [{ title: 'A', kind: 'film', csv: 'a' }] }), ['data.0.kind enum']);
});

test('a file that is no agenda says what is wrong and where', () => {
  assert.equal(readFile('{"items": [\n  {"no": 1,}\n]}').wrong[0].rule, 'json');
  assert.equal(readFile('{"items": [\n  {"no": 1,}\n]}').line, 2);
  const rules = (agenda) =>
    readFile(JSON.stringify(agenda)).wrong.map(({ path, rule }) => `${path} ${rule}`);
  assert.deepEqual(rules([]), [' type']);
  assert.deepEqual(rules({}), ['items required']);
  const part = { id: 'a', method: 'talk' };
  const item = { no: 1, title: 'x', minutes: 5, parts: [part] };
  assert.deepEqual(rules({ items: [{ ...item, farve: 'rød' }] }), ['items.0.farve unknown']);
  for (const minutes of [{}, true])
    assert.deepEqual(rules({ items: [{ ...item, minutes }] }), ['items.0.minutes integer']);
  assert.deepEqual(rules({ items: [{ ...item, no: 'et' }] }), ['items.0.no integer']);
  assert.deepEqual(rules({ items: [{ ...item, parts: [part, part] }] }), [
    'items.0.parts.0.id same_id',
    'items.0.parts.1.id same_id',
  ]);
  const decisions = { section: 'decisions', answers: [{ answer: 'tasks', heading: 'Hvem?' }] };
  for (const [layout, path] of [
    [[decisions, { section: 'decisions' }], 'layout.section'],
    [[{ section: 'agenda', heading: 'Dagsorden' }], 'layout.0.heading'],
    [[{ ...decisions, section: 'participants' }], 'layout.0.answers'],
    [[{ ...decisions, answers: [...decisions.answers, { answer: 'tasks' }] }], 'layout.0.answers'],
  ])
    assert.deepEqual(rules({ layout, items: [item] }), [`${path} layout`]);
  const layout = [decisions, { section: 'agenda' }];
  assert.deepEqual(readFile(JSON.stringify({ layout, items: [item] })).agenda.layout, layout);
  assert.deepEqual(rules({ items: [{ ...item, parts: [{ ...part, shares: 'a' }] }] }), [
    'items.0.parts.0.shares shares',
  ]);
  assert.deepEqual(rules({ items: [{ ...item, parts: [{ ...part, method: 'afstemning' }] }] }), [
    'items.0.parts.0.method enum',
  ]);
  const days = JSON.parse(readFileSync(new URL('../vectors/days.json', import.meta.url), 'utf8'));
  for (const date of [...days.not, '12/5'])
    assert.deepEqual(rules({ date, items: [item] }), ['date day'], date);
  assert.deepEqual(rules({ from_date: '1999-12-31', items: [item] }), ['from_date day']);
  for (const date of days.taken)
    assert.ok(readFile(JSON.stringify({ date, items: [item] })).agenda, date);
  for (const starts of ['9:00', '9.00', '09.00', '24:00', '24.00', '12:60', '0900', 'kl. 9'])
    assert.deepEqual(rules({ starts, items: [item] }), ['starts hour'], starts);
  for (const starts of ['00:00', '09:00', '23:59'])
    assert.ok(readFile(JSON.stringify({ starts, items: [item] })).agenda, starts);
  assert.deepEqual(rules({ items: [{ ...item, parts: [{ ...part, id: 'A b' }] }] }), [
    'items.0.parts.0.id pattern',
  ]);
  const long = { title: `${'a'.repeat(200)}\u200b `, items: [item] };
  assert.ok(readFile(JSON.stringify(long)).agenda, 'what is left counts');
  assert.equal(readFile(' '.repeat(1100000)).wrong[0].rule, 'large');
});

test('a file is named by title and day', () => {
  assert.equal(
    fileName({ title: 'Ågården: mål & øvelser', date: '2026-05-12' }),
    'aagaarden-maal-oevelser-2026-05-12.json',
  );
  assert.equal(fileName({}), 'runde.json');
});

test('answers of a meeting that waits are set one by one, each on what it was written on', () => {
  const had = [{ id: 'a', text: 'Før' }, { id: 'b' }, { id: 'c', yes: true, text: 'Sådan' }];
  const wanted = [{ id: 'a', text: 'Nu' }, { id: 'b' }, { id: 'c', yes: false, text: 'Sådan' }];
  assert.deepEqual(answerCommands(had, wanted), [
    ['prepared.set', { id: 'a', text: 'Nu', base: 'Før' }],
    ['prepared.set', { id: 'c', yes: false, text: 'Sådan', base: 'Sådan' }],
  ]);
  const form = edit.formOf({ ...school, before: [{ id: 'a', ask: 'Hvad?', text: 'Nu' }] });
  const { agenda, answers } = edit.apart(form);
  assert.deepEqual(agenda.before, [{ id: 'a', ask: 'Hvad?' }]);
  assert.equal(answers[0].text, 'Nu');
});

test('what is asked twice under one id is told at its place', () => {
  const before = [
    { id: 'a', ask: 'Hvad?' },
    { id: 'a', ask: 'Hvorfor?' },
  ];
  assert.deepEqual(checkAgenda({ ...school, before }), [{ path: 'before.1.id', rule: 'same_id' }]);
});
