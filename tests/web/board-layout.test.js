import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layCards, turnCards } from '../../web/board/cards.js';
import { cutTo, estimate, fitList, fitText, glued, wrap, wrapTo } from '../../web/board/fit.js';
import { frame } from '../../web/board/frame.js';
import { danishBreaks } from '../../web/board/hyphens.js';
import { layGroups } from '../../web/board/groups.js';
import { dots, seating, spread } from '../../web/board/seating.js';
import { turnRows } from '../../web/board/turn.js';
import { LONG } from './fixtures/board.js';

const WALLS = [
  [1920, 1080],
  [1366, 768],
  [1024, 768],
  [1280, 1024],
  [1080, 1920],
  [768, 1024],
  [3440, 1440],
  [3840, 2160],
  [480, 270],
];

const inside = (box, outer, what) => {
  const slack = 0.01;
  assert.ok(
    box.x >= outer.x - slack &&
      box.y >= outer.y - slack &&
      box.x + box.w <= outer.x + outer.w + slack &&
      box.y + box.h <= outer.y + outer.h + slack,
    `${what}: ${JSON.stringify(box)} leaves ${JSON.stringify(outer)}`,
  );
};
const apart = (a, b) =>
  a.x + a.w <= b.x + 0.01 ||
  b.x + b.w <= a.x + 0.01 ||
  a.y + a.h <= b.y + 0.01 ||
  b.y + b.h <= a.y + 0.01;

test('every box stands on every wall, and words never on the table', () => {
  for (const [px, py] of WALLS) {
    const f = frame(px, py, 12);
    const wall = { x: 0, y: 0, w: f.width, h: f.height };
    for (const name of ['top', 'side', 'whole', 'hello', 'gather', 'strip', 'ring']) {
      inside(f[name], wall, `${name} on ${px}x${py}`);
      assert.ok(f[name].w > 20 && f[name].h > 9, `${name} on ${px}x${py} is too small`);
    }
    assert.ok(apart(f.side, f.top) && apart(f.whole, f.top), 'the header is free');
    assert.ok(apart(f.hello, f.strip) && apart(f.gather, f.strip), 'so is the strip');
    assert.ok(apart(f.hello, f.gather), 'and words from the table in the lobby');
    assert.ok(
      f.upright ? apart(f.ring, f.side) : f.ring.x + f.ring.w - f.side.x < 3,
      'the table keeps to its side',
    );
  }
});

test('a wall twice as large shows the same, twice as large', () => {
  const [small, large] = [frame(1920, 1080), frame(3840, 2160)];
  assert.equal(large.u, 2 * small.u);
  assert.deepEqual({ ...large, u: 0 }, { ...small, u: 0 });
});

const words = (n) =>
  'Når vi taler om pausen, taler vi om alt det andet. '.repeat(13).slice(0, n).trim();

test('text is broken between words, and inside one only when it is wider than the line', () => {
  assert.deepEqual(
    wrap('et to tre', 4, 1, (text) => text.length),
    ['et', 'to', 'tre'],
  );
  assert.deepEqual(
    wrap('abcdefgh', 3, 1, (text) => text.length),
    ['abc', 'def', 'gh'],
  );
  assert.deepEqual(
    wrap('skole\u00adsamtale', 8, 1, (text) => text.length),
    ['skole-', 'samtale'],
  );
  assert.deepEqual(
    wrap('skole\u00adsamtale', 20, 1, (text) => text.length),
    ['skolesamtale'],
  );
  assert.deepEqual(
    wrap('', 8, 1, (text) => text.length),
    [],
  );
});

/** The estimate, with Danish words divided as the wall divides them. */
const danish = Object.assign((...all) => estimate(...all), { breaks: danishBreaks });
const letters = Object.assign((text) => text.length, { breaks: danishBreaks });

test('a Danish word is divided between its words first, then by syllables, always with a hyphen', () => {
  const divided = (word, width) => wrap(word, width, 1, letters);
  for (const [word, width, lines] of [
    ['Skoleudviklingssamtale', 17, ['Skoleudviklings-', 'samtale']],
    ['Skoleudviklingssamtale', 14, ['Skole-', 'udviklings-', 'samtale']],
    ['Specialundervisningsvejleder', 22, ['Specialundervisnings-', 'vejleder']],
    ['Specialundervisningsvejleder', 20, ['Special-', 'undervisnings-', 'vejleder']],
    ['Læsemakkerordningen', 12, ['Læsemakker-', 'ordningen']],
    ['Læsemakkerordningen', 18, ['Læsemakker-', 'ordningen']],
    ['elevrådsrepræsentanterne', 9, ['elevråds-', 'repræsen-', 'tanterne']],
    ['Omklædningsrummet,', 12, ['Omklædnings-', 'rummet,']],
    ['Skole-hjem-samarbejdet', 12, ['Skole-hjem-', 'samarbejdet']],
  ])
    assert.deepEqual(divided(word, width), lines);
});

test('of a divided word no part is shorter than three letters or without a vowel', () => {
  const words =
    'Skoleudviklingssamtale Specialundervisningsvejleder Læsemakkerordningen klasse frikvarter fraværsstatistikken elevrådsrepræsentanter Børnehaveklasseleder kompetenceudviklingsforløb pædagogmedhjælper ressourcepersonkorps';
  for (const word of words.split(' ')) {
    const { seams, points } = danishBreaks(word);
    for (const places of [seams, points]) {
      const parts = [0, ...places].map((from, i) => word.slice(from, places[i]));
      for (const part of parts)
        assert.ok(part.length >= 2 && /[aeiouyæøåé]/i.test(part), `${part} of ${word}`);
      if (places.length) assert.ok(parts[0].length > 2 && parts.at(-1).length > 2, word);
    }
  }
  assert.deepEqual(danishBreaks('klasse'), { seams: [], points: [] });
});

test('a text is rather smaller than with a divided word, and divided rather than too small', () => {
  const box = { w: 40, h: 20, max: 4, min: 2.2 };
  const whole = fitText('Vi skal have Læsemakkerordningen i gang', box, danish);
  assert.doesNotMatch(whole.text, /\u00ad/);
  assert.ok(whole.size < 4 && whole.size >= 2.4);
  const narrow = fitText('Vores specialundervisningsvejleder', { ...box, w: 24 }, danish);
  assert.match(narrow.text, /specialundervisnings\u00advejleder|special\u00ad/);
  assert.ok(narrow.size > 2.4);
  const english = fitText('Interdisciplinarity and responsibilities', { ...box, w: 30 }, estimate);
  assert.doesNotMatch(english.text, /\u00ad/);
});

test('what is written is divided as it was reckoned: line by line the same', () => {
  const text = 'Specialundervisningsvejlederen og Læsemakkerordningen i 8. klasse';
  for (const width of [14, 17, 22, 30, 60]) {
    const { lines, text: said } = wrapTo(text, width, 1, 40, letters);
    const told = said.replaceAll('\u00a0', ' ').replaceAll('\u00ad', '');
    assert.equal(told, text);
    for (const line of lines) assert.ok(line.length <= width, line);
    assert.equal(
      lines.filter((line) => line.endsWith('-')).length,
      said.split('\u00ad').length - 1,
    );
  }
});

test('a pile of marks upon a letter is not drawn over the wall', () => {
  const pile = `Pe${'\u0301'.repeat(200)}r Å\u0328\u0301`;
  const few = `Pe${'\u0301'.repeat(3)}r Å\u0328\u0301`;
  assert.equal(cutTo(pile, 40, 2, estimate), few);
  assert.equal(wrapTo(pile, 40, 2, 3, estimate).text, few);
  const [label] = seating([{ seat: 1, name: pile, role: 'wait' }], RINGS[0], estimate).labels;
  assert.deepEqual(label.lines, [few]);
});

test('a number stays with what it counts, where that fits a line', () => {
  const fixed = (text) => glued(text).replaceAll('\u00a0', '~');
  assert.equal(fixed('i 8. klasse og 7. b'), 'i 8.~klasse og 7.~b');
  assert.equal(fixed('13 min, ca. 8 min og § 4'), '13~min, ca.~8~min og §~4');
  assert.equal(fixed('den 2. februar kl. 9.47'), 'den 2.~februar kl.~9.47');
  assert.equal(
    fixed('3 af 7 svar, 12 og 13, i 2024 var 4 ude'),
    '3 af 7~svar, 12 og 13, i 2024 var 4~ude',
  );
  assert.equal(fixed('We paused at 9:41'), 'We paused at~9:41');
  assert.equal(
    fixed('Elevrådet 19. maj · Skolebestyrelsen'),
    'Elevrådet 19.~maj~· Skolebestyrelsen',
  );
  const lines = wrap('Begynd i 8. klasse', 11, 1, letters);
  assert.deepEqual(
    lines.map((line) => line.replace('\u00a0', ' ')),
    ['Begynd i', '8. klasse'],
  );
  assert.deepEqual(wrap('8. klassetrin', 10, 1, letters), ['8.', 'klassetrin']);
});

test('at the top and the bottom of the table a name has the whole line', () => {
  const name = 'Christian Frederik Ravnsbjerg Holm';
  const places = Array.from({ length: 8 }, (_, i) => ({
    seat: i + 1,
    name: i % 4 ? 'Bo' : name,
    role: /** @type {const} */ ('wait'),
  }));
  for (const box of RINGS) {
    const { labels } = seating(places, box, estimate);
    const poles = labels.filter(({ anchor }) => anchor === 'middle');
    assert.deepEqual(
      poles.map(({ lines }) => lines),
      [[name], [name]],
    );
  }
});

test('what is cut ends in an ellipsis and stays within its width', () => {
  for (const [name] of LONG) {
    for (const width of [3, 8, 20]) {
      const cut = cutTo(name, width, 2, estimate);
      assert.ok(estimate(cut, 2) <= width || cut === '…', cut);
      assert.ok(cut === name || cut.endsWith('…'));
    }
  }
  const { lines, cut } = wrapTo(words(600), 30, 2, 3, estimate);
  assert.equal(lines.length, 3);
  assert.ok(cut && lines[2].endsWith('…'));
});

test('a fitted text is as large as may be, and never higher than its box', () => {
  const box = { w: 70, h: 16, max: 15, min: 4, lead: 1.06, weight: 600, most: 2 };
  assert.equal(fitText('Mette', box, estimate).size, 15);
  for (const [name] of LONG) {
    const { size, lines } = fitText(name, box, estimate);
    assert.ok(size >= 4 && size <= 15);
    assert.ok(lines.length * size * 1.06 <= 16.1 && lines.length <= 2, name);
  }
  const small = fitText(words(600), { w: 30, h: 12, max: 4, min: 2 }, estimate);
  assert.ok(small.cut && small.size === 2 && small.lines.length <= 4);
});

test('rows of any number keep within their box, and say how many of them do', () => {
  for (const n of [1, 4, 16, 64]) {
    const rows = Array.from({ length: n }, (_, i) => [
      { text: words(i % 5 ? 40 : 600), part: 0.7 },
      { text: 'Mette', part: 0.3 },
    ]);
    const {
      shown: count,
      height,
      room,
      size,
    } = fitList(rows, { w: 150, h: 24, max: 3.1, min: 2 }, estimate);
    assert.ok(height <= 24.01 && count >= 1 && count <= n && room >= 1 && size >= 2);
    if (n === 1) assert.equal(count, 1);
  }
});

const cardsOf = (lengths) =>
  lengths.map((length, i) => ({ id: `c${i}`, text: words(length) || 'x' }));
const AREAS = [
  { w: 68, h: 33 },
  { w: 80, h: 20 },
  { w: 50, h: 50 },
  { w: 160, h: 70 },
  { w: 24, h: 8 },
];

test('cards: any number of any length, and never one outside its box or on another', () => {
  for (const area of AREAS) {
    for (const n of [0, 1, 2, 3, 7, 20, 60, 500]) {
      for (const length of [1, 60, 600]) {
        for (const [newestFirst, rows] of [
          [true, false],
          [false, false],
          [false, true],
        ]) {
          const { cards, slips } = layCards(cardsOf(Array(n).fill(length)), area, estimate, {
            newestFirst,
            rows,
          });
          const all = [...cards, ...slips];
          assert.equal(all.length, n, `${n} of ${length} in ${area.w}x${area.h}`);
          for (const box of all) inside(box, { x: 0, y: 0, ...area }, `${n} of ${length}`);
          if (n > 60) continue;
          all.forEach((a, i) =>
            all.slice(i + 1).forEach((b) => assert.ok(apart(a, b), `two of ${n} touch`)),
          );
        }
      }
    }
  }
});

test('cards that have no room at once turn, each whole and once, the newest first', () => {
  for (const area of AREAS.slice(0, 4)) {
    for (const [n, length] of [
      [6, 60],
      [12, 90],
      [20, 60],
      [9, 200],
    ]) {
      for (const newestFirst of [true, false]) {
        const what = `${n} of ${length} in ${area.w}x${area.h}`;
        const cards = cardsOf(Array(n).fill(length));
        const laid = turnCards(cards, area, estimate, { newestFirst });
        const pages = laid.pages.length ? laid.pages : [[]];
        const shown = [...laid.cards, ...pages.flat()];
        if (!laid.slips.length) assert.equal(new Set(shown.map(({ id }) => id)).size, n, what);
        assert.equal(shown.length + laid.slips.length, n, what);
        assert.ok(!shown.some(({ cut }) => cut), `${what}: one is cut`);
        if (newestFirst) assert.equal(shown[0].id, `c${n - 1}`, what);
        for (const page of pages) {
          const all = [...laid.cards, ...page, ...laid.slips];
          for (const box of all) inside(box, { x: 0, y: 0, ...area }, what);
          all.forEach((a, i) =>
            all.slice(i + 1).forEach((b) => assert.ok(apart(a, b), `${what}: two touch`)),
          );
        }
      }
    }
  }
  const few = turnCards(cardsOf([40, 80]), { w: 68, h: 33 }, estimate);
  assert.deepEqual(few.pages, []);
});

test('rows that have no room at once turn, each whole and once', () => {
  const rows = Array.from({ length: 40 }, (_, i) => [
    { text: `${i} ${words(i % 5 ? 40 : 500)}`, part: 0.7 },
    { text: 'Mette', part: 0.3 },
  ]);
  const box = { w: 150, h: 40, max: 3.1, min: 2.2, lead: 1.26, gap: 0.6 };
  const seen = [];
  const { pages } = turnRows(rows, box, 0, estimate);
  for (let page = 0; page < pages; page++) {
    const { from, texts, size } = turnRows(rows, box, page * 20000, estimate);
    assert.equal(from, seen.length);
    assert.ok(size >= 2.2);
    seen.push(...texts.map(([text]) => text.replaceAll('\u00a0', ' ')));
  }
  assert.deepEqual(
    seen,
    rows.map(([{ text }]) => text),
  );
});

test('a card is as high as the lines that it shows', () => {
  const { cards } = layCards(cardsOf([20, 120, 300]), { w: 68, h: 40 }, estimate);
  for (const { lines, size, h } of cards) assert.ok(h >= lines * size * 1.34);
});

test('who wrote a card takes room before its words, where it says so', () => {
  const lay = (more) =>
    layCards([{ ...cardsOf([58])[0], ...more }], { w: 40, h: 40 }, estimate).cards[0];
  const named = lay({ by: 'Anne-Sofie, Muhammad og Christian Frederik' });
  assert.equal(named.by, 'Anne-Sofie, Muhammad og Christian Frederik');
  assert.equal(named.text, lay({}).text);
  assert.ok(named.lines > lay({}).lines);
});

test('few cards are large, and those side by side equally high', () => {
  const { cards } = layCards(cardsOf([40, 80]), { w: 68, h: 33 }, estimate);
  assert.equal(cards[0].size, 3.2);
  assert.equal(cards[0].y, cards[1].y);
  assert.equal(cards[0].h, cards[1].h);
});

test('when there are too many the newest is the largest and on top, and the rest shrink', () => {
  const { cards, slips } = layCards(cardsOf(Array(200).fill(90)), { w: 68, h: 40 }, estimate, {
    newestFirst: true,
  });
  assert.equal(cards[0].id, 'c199');
  assert.equal(cards[0].y, 0);
  for (const card of cards) assert.ok(card.size <= cards[0].size);
  assert.ok(slips.length > 0 && cards.length > 3);
});

test('without a newest one, all are cut alike', () => {
  const { cards } = layCards(cardsOf(Array(9).fill(500)), { w: 90, h: 44 }, estimate);
  assert.equal(new Set(cards.map((card) => card.size)).size, 1);
});

const placesOf = (names, floor = -1) =>
  names.map((name, i) => ({
    seat: i + 1,
    name,
    role: i === floor ? 'floor' : i === floor + 1 ? 'next' : 'wait',
  }));
const RINGS = [
  { w: 957, h: 852 },
  { w: 760, h: 900 },
  { w: 920, h: 700 },
];
const short = (n) => Array.from({ length: n }, (_, i) => `Navn ${i + 1}`);
const longNames = (n) => Array.from({ length: n }, (_, i) => LONG[i % LONG.length][0]);

/** The space of a name, from where it is anchored. */
const spaceOf = (label) => {
  const wide = Math.max(
    ...label.lines.map((line) => estimate(line, label.size, label.role === 'floor' ? 600 : 400)),
  );
  const x =
    label.anchor === 'start'
      ? label.x
      : label.anchor === 'end'
        ? label.x - wide
        : label.x - wide / 2;
  return { x, y: label.top, w: wide, h: label.bottom - label.top };
};

test('names of any length: on the wall, outside the ring, and none on another', () => {
  for (const box of RINGS) {
    for (const names of [
      short(1),
      short(2),
      short(11),
      short(12),
      short(24),
      short(40),
      longNames(7),
      longNames(12),
      longNames(24),
    ]) {
      for (let floor = 0; floor < names.length; floor += 5) {
        const ring = seating(placesOf(names, floor), box, estimate);
        const what = `${names.length} names in ${box.w}x${box.h}, floor ${floor}`;
        const spaces = ring.labels.map(spaceOf);
        spaces.forEach((space, i) => {
          assert.ok(
            space.x >= -1 && space.x + space.w <= box.w + 1,
            `${what}: ${ring.labels[i].lines} leaves the wall`,
          );
          spaces.slice(i + 1).forEach((other) => {
            const close = { ...space, y: space.y + 2, h: space.h - 4 };
            assert.ok(
              apart(close, { ...other, y: other.y + 2, h: other.h - 4 }),
              `${what}: ${ring.labels[i].lines} touches another`,
            );
          });
          const corner = {
            x: Math.max(space.x, Math.min(ring.cx, space.x + space.w)),
            y: Math.max(space.y, Math.min(ring.cy, space.y + space.h)),
          };
          assert.ok(
            Math.hypot(corner.x - ring.cx, corner.y - ring.cy) > ring.radius * 0.96,
            `${what}: ${ring.labels[i].lines} lies on the ring`,
          );
        });
      }
    }
  }
});

test('nothing but the floor moves when the floor moves', () => {
  const [a, b] = [2, 7].map((floor) => seating(placesOf(longNames(11), floor), RINGS[0], estimate));
  assert.equal(a.radius, b.radius);
  assert.deepEqual(a.spots, b.spots);
  const still = (ring) =>
    ring.labels
      .filter(({ seat }) => seat !== 3 && seat !== 8)
      .map(({ seat, y, size, lines }) => ({ seat, y, size, lines }));
  assert.deepEqual(still(a), still(b));
});

test('a thousand seats: no name but the speaker’s, and every dot still there', () => {
  for (const n of [200, 1000, 5000]) {
    const ring = seating(placesOf(short(n), 99), RINGS[0], estimate);
    assert.equal(ring.spots.length, n);
    assert.deepEqual(ring.labels.map(({ role }) => role).sort(), ['floor']);
    assert.ok(ring.table > 90, 'the middle keeps room for words');
    const { dot, rows } = dots(n, ring.radius);
    assert.ok(dot > 0.5 && rows >= 1);
    const [first, second] = [ring.spots[0], ring.spots[rows % n]];
    assert.ok(
      Math.hypot(first.x - second.x, first.y - second.y) >= dot * 1.6,
      'dots of a row do not lie on each other',
    );
  }
});

test('an empty table is a table', () => {
  const ring = seating([], RINGS[0], estimate);
  assert.deepEqual([ring.labels, ring.spots], [[], []]);
  assert.ok(ring.radius > 200);
});

test('neighbours move apart as little as they must', () => {
  const things = [10, 11, 12, 60].map((want) => ({ want, half: 5 }));
  assert.deepEqual(spread(things, 0, 100), [1, 11, 21, 60]);
  assert.deepEqual(spread(things.slice(0, 1), 0, 100), [10]);
  assert.deepEqual(
    spread(
      [
        { want: 99, half: 5 },
        { want: 99, half: 5 },
      ],
      0,
      100,
    ),
    [90, 100],
  );
});

const groupsOf = (n, cards) =>
  Array.from({ length: n }, (_, g) => ({
    group: `g${g}`,
    title: g % 3 ? `Gruppe ${g}` : words(60),
    contributions: cards.filter((_, i) => i % (n + 1) === g).map(({ id }) => id),
  }));

test('groups: every card under its heading, within the box, none on another, and none lost', () => {
  for (const area of [
    { w: 68, h: 33 },
    { w: 80, h: 20 },
    { w: 160, h: 70 },
    { w: 50, h: 12 },
  ]) {
    for (const n of [1, 2, 5, 12, 40]) {
      for (const count of [1, 7, 60, 500]) {
        for (const length of [20, 600]) {
          const cards = cardsOf(Array(count).fill(length));
          const {
            heads,
            cards: placed,
            slips,
          } = layGroups(cards, groupsOf(n, cards), area, estimate, { rest: 'Andre' });
          const what = `${count} of ${length} in ${n} groups in ${area.w}x${area.h}`;
          assert.equal(placed.length + slips.length, count, what);
          assert.ok(heads.length >= 1 && heads.length <= n + 1, what);
          const all = [...heads, ...placed, ...slips];
          for (const box of all) inside(box, { x: 0, y: 0, ...area }, what);
          if (count > 60) continue;
          all.forEach((a, i) =>
            all.slice(i + 1).forEach((b) => assert.ok(apart(a, b), `${what}: two touch`)),
          );
        }
      }
    }
  }
});

test('groups: cards of all groups are of one size, and a card whose group is unknown stands with the others', () => {
  const cards = cardsOf([20, 200, 40, 90, 30]);
  const { heads, cards: placed } = layGroups(
    cards,
    [{ group: 'a', title: 'A', contributions: ['c0', 'c1', 'gone'] }],
    { w: 120, h: 60 },
    estimate,
    { rest: 'Andre' },
  );
  assert.deepEqual(
    heads.map(({ text }) => text),
    ['A', 'Andre'],
  );
  assert.equal(new Set(placed.map(({ size }) => size)).size, 1);
  assert.equal(placed.filter(({ x }) => x < heads[1].x).length, 2);
});

test('a long heading of cards is divided over lines, and its cards begin below them', () => {
  const cards = cardsOf([20, 40, 30]);
  const title = 'Kompetenceudviklingsplanerne';
  const { heads, cards: placed } = layGroups(
    cards,
    [
      { group: 'a', title, contributions: ['c0', 'c1'] },
      { group: 'b', title: 'Pausen', contributions: ['c2'] },
    ],
    { w: 54, h: 60 },
    danish,
  );
  assert.equal(heads[0].text.replaceAll('\u00ad', ''), title);
  assert.ok(heads[0].text.includes('\u00ad'));
  assert.ok(heads[0].h > heads[1].h);
  for (const { x, y } of placed.filter((card) => card.x < heads[1].x))
    assert.ok(y >= heads[0].y + heads[0].h, `${x} ${y}`);
});
