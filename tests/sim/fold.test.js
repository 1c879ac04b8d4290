// fold.test.js -- the pages' own fold of facts, held against fresh snapshots, over whole meetings
// of the simulator.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bare } from '../support/bare.js';
import '../web/support/hooks.js';

const { applyFrame, partOf } = await import('../../web/shared/model.js');
const { answersOf, cardsOfTurn, floorOf, pageOf, placesOf, saidUntil, wallOf } =
  await import('../../web/board/choose.js');
const { lobbyPlaces } = await import('../../web/board/lobby.js');
const { openOf, othersOf } = await import('../../web/board/end.js');
const { lapToShow } = await import('../../web/method/spiral/board-lap.js');

const home = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const sim = process.env.RUNDE_SIM ?? join(home, 'build/sim');

/** What the wall draws from a state: live it must be what it is after a reload. */
const drawn = (state) => ({
  page: pageOf(state),
  wall: wallOf(state),
  seats: pageOf(state) === 'lobby' ? lobbyPlaces(state) : placesOf(state),
  floor: floorOf(state),
  answers: answersOf(state),
  others: othersOf(state),
  open: openOf(state),
  lap: lapToShow(state),
  ...(pageOf(state) === 'part' && {
    cards: cardsOfTurn(state, partOf(state)),
    said: saidUntil(state, partOf(state)),
  }),
});

/** Without what is not there: a field that says so is as good as none. */
const plainly = (drawing) => JSON.parse(JSON.stringify(drawing));

/** How many looks there were in each state of a meeting, over all seeds. */
const looks = {};

for (const seed of Array.from({ length: 60 }, (_, i) => i + 1)) {
  test(`what the pages fold is what a fresh snapshot tells: seed ${seed}`, () => {
    const { stdout, status } = spawnSync(sim, ['--frames', String(seed)], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    assert.equal(status, 0);
    const states = new Map();
    let compared = 0;
    for (const line of stdout.split('\n').filter(Boolean)) {
      const { peer, role, step, from, fresh } = JSON.parse(line);
      if (from?.facts || from?.snapshot) {
        const before = from.snapshot ? null : states.get(peer);
        states.set(peer, applyFrame(before ?? null, from));
      }
      if (!fresh) continue;
      assert.deepEqual(
        bare(states.get(peer)),
        bare(applyFrame(null, fresh)),
        `${role} ${peer} at step ${step}`,
      );
      if (role === 'board') {
        const [live, anew] = [states.get(peer), applyFrame(null, fresh)];
        assert.deepEqual(
          plainly(drawn(live)),
          plainly(drawn(anew)),
          `what ${role} ${peer} draws at step ${step}`,
        );
        const { state } = live.now;
        looks[state] = (looks[state] ?? 0) + 1;
        if (live.seats.some(({ awaited }) => awaited)) looks.awaited = (looks.awaited ?? 0) + 1;
      }
      compared++;
    }
    assert.ok(compared > 0);
  });
}

test('the wall was looked at in every state of a meeting, and while somebody was awaited', () => {
  for (const state of ['lobby', 'running', 'paused', 'closed', 'awaited'])
    assert.ok(looks[state] > 0, state);
});
