// board.test.js -- the wall is the same live as after a reload: one that has looked on from the
// beginning against one that has just come, in every state of a meeting.
import assert from 'node:assert/strict';
import { test } from '../support/chromium.js';
import { becomes, soon } from '../support/soon.js';
import { sizes } from './browser.js';
import { stage, wire } from './stage.js';

const part = (id, method, more = {}) => ({ id, method, minutes: 5, ...more });
const agenda = {
  title: 'Skoleudviklingssamtale',
  focus: 'Hvordan bliver pausen et sted, hvor alle børn kan være med?',
  items: [
    {
      no: 1,
      title: 'Refleksion over data',
      minutes: 60,
      parts: [
        part('a', 'turns', { title: 'Præsentation', intro: true }),
        part('b', 'talk', { title: 'Data' }),
        part('c', 'reflection', { questions: ['Hvad lægger du mærke til?'] }),
        part('d', 'spiral', { questions: ['Hvad ser vi?'] }),
        part('e', 'pairs', { questions: ['Hvad kan vi gøre?'] }),
        part('f', 'dialogue', { questions: ['Hvad vil vi gøre?'] }),
        part('g', 'summary'),
        part('h', 'decision'),
        part('i', 'retrospect'),
      ],
    },
  ],
};

/**
 * Runs in a page: the wall as it is drawn, line by line, without lit's own marks. Left out is the
 * length of a turn's arc, which no snapshot tells (a wall that has just come works it out), and
 * where the mark of the floor waits while nobody sees it.
 */
const drawn = () => {
  const copy = /** @type {Element} */ (document.querySelector('#app').cloneNode(true));
  for (const arc of copy.querySelectorAll('.time-left')) arc.removeAttribute('stroke-dashoffset');
  for (const mark of copy.querySelectorAll('.floor-mark')) mark.removeAttribute('style');
  const sorted = (_, style) => `style="${style.split(/; ?/).sort().join(';')}"`;
  return copy.innerHTML
    .replace(/style="([^"]*)"/g, sorted)
    .replace(/<!--.*?-->/g, '')
    .replace(/\s+/g, ' ')
    .replace(/> ?</g, '>\n<')
    .split('\n');
};

test('live_the_wall_is_what_it_is_after_a_reload', { timeout: 900000 }, () =>
  stage(agenda, async ({ console_, board, chrome, links, code, pages, join, picture, written }) => {
    const lead = await wire(console_, code);
    const anew = await chrome.open(links.board, sizes.board);
    /** The same board, loaded anew, against the one that has looked on. */
    const same = async (what) => {
      await anew.reload();
      await anew.locator('#app main > *').first().waitFor({ state: 'attached' });
      await soon(async () =>
        assert.deepEqual(await board.evaluate(drawn), await anew.evaluate(drawn), what),
      );
    };
    const does = async (name, fields = {}) => {
      const reply = await lead.send(name, fields);
      assert.equal(reply.ok, true, `${name}: ${JSON.stringify(reply)}`);
      return reply;
    };
    const roles = () =>
      board.evaluate(() =>
        [...document.querySelectorAll('.named')].map((e) => [
          e.textContent.trim(),
          e.classList.contains('here'),
        ]),
      );

    await same('an empty lobby');
    await does('seat.add', { name: 'Lone', awaited: true });
    await does('seat.add', { name: 'Per', awaited: true });
    await same('two seats made ready');
    await becomes(roles, [
      ['Lone', false],
      ['Per', false],
    ]);
    const lone = await chrome.open(links.join, sizes.phone);
    pages.push(lone);
    await lone.locator('label.seat', { hasText: 'Lone' }).click();
    await lone.getByRole('button', { name: 'Deltag' }).click();
    await lone.getByText('Du er med').waitFor();
    await becomes(roles, [
      ['Lone', true],
      ['Per', false],
    ]);
    await same('one of them has come');
    await picture('lobby-awaited', { board, console: console_ });
    await becomes(
      () => console_.locator('.people-col .h .sub').innerText(),
      '2 pladser · 1 her nu',
    );
    await does('seat.change', { seat: 2, presence: 'here' });
    await becomes(
      () => console_.locator('.people-col .h .sub').innerText(),
      '2 pladser · 2 her nu',
    );
    await same('the other is there without a phone');
    await join('Mette');
    await does('seat.link', { seat: 3 });
    await same('a seat waits for another phone');
    await does('seat.add', { name: 'Ida', awaited: true });
    assert.match(await written(), /Per/);
    assert.doesNotMatch(await written(), /Ida/, 'who has not come took no part');

    const write = (seat, text, more = {}) => does('contribution.add', { seat, text, ...more });
    const next = (from) => does('part.next', { from });
    await does('meeting.start');
    await same('a presentation round');
    await does('floor.give', { seat: 1 });
    await same('the first says the own name');
    await does('floor.give', { seat: 2 });
    await does('floor.give', { seat: 3 });
    await does('turn.done');
    await same('all who have come have said it');
    await next('a');
    await same('a talk');
    await does('wall.show', { show: 'message', text: 'Kaffe! Vi er tilbage kl. 10.15' });
    await same('a message');
    await does('wall.show', { show: 'slides' });
    await same('slides of their own');
    await does('wall.show', { show: 'meeting' });
    await does('clock.pause');
    await same('a pause');
    await does('clock.resume');
    await next('b');
    await same('silence');
    await next('c');
    await does('floor.give', { seat: 1 });
    const { made } = await write(1, 'De ældste bliver inde.');
    await same('a spiral');
    for (let turn = 0; turn < 4; turn++) await does('turn.done');
    await write(1, 'Så giv dem gården.', { builds_on: [made.contribution] });
    await same('its second lap builds on the first');
    await does('undo');
    await same('a turn taken back');
    await next('d');
    await same('pairs');
    await next('e');
    await does('hand.raise', { seat: 3 });
    await does('hand.raise', { seat: 2 });
    await same('hands');
    await does('floor.give', { seat: 3 });
    await write(3, 'Legekasser.');
    await does('floor.close', { closed: true });
    await same('the last on the list');
    await does('seat.change', { seat: 2, presence: 'away' });
    await does('seat.change', { seat: 1, presence: 'left' });
    await same('one is away, one has left');
    await next('f');
    await write(3, 'Pausen er for kort.', { box: 'agreed' });
    await same('a summary');
    await next('g');
    await same('no answer yet');
    await does('decision.open', { answer: 'next_step' });
    await does('decision.set', { answer: 'next_step', text: 'Vi spørger klasserne' });
    await does('decision.set', {
      answer: 'stakeholders',
      text: 'Vi hører også SFO’en',
      stakeholders: [
        { body: 'school_board', settled: 'date', date: '2026-11-17' },
        { body: 'staff_council', settled: 'unsettled' },
      ],
    });
    await same('an answer stands open');
    await does('decision.open', { answer: 'stakeholders' });
    await same('who is to be involved');
    await next('h');
    await does('contribution.add', { text: 'Alle kom til orde.', box: 'worked_well' });
    await same('a retrospect in silence');
    await does('retro.show');
    await same('a retrospect shown');
    await does('meeting.close');
    await same('the end');
    await does('wall.show', { show: 'blank' });
    await same('nothing');
  }),
);
