/**
 * failover.test.js -- two servers on a PostgreSQL that has a synchronous standby: the one that leads is lost, starts again or
 * stands still, while people write.
 *
 * tests/README.md, rows 27 and 29.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { check } from '../history/check.js';
import { takeNotes } from '../history/journal.js';
import { gather, historyOf, watch, write } from '../history/meeting.js';
import { node } from '../history/nodes.js';
import { dice } from '../support/dice.js';
import { pair } from '../support/postgres.js';
import { wait } from '../support/rawhttp.js';
import { until } from '../support/soon.js';
import { hasRunde } from './server.js';

const skip = !hasRunde && 'there is no server';

/** Two servers, and a meeting in which everybody writes until `end`, which gives the history. */
async function writing(t, name) {
  const base = await pair();
  const journal = await base.database(name);
  const say = (sql) => base.say(name, sql);
  const nodes = [];
  for (const each of ['a', 'b']) nodes.push(await node(each, { journal }));
  t.after(() => nodes.forEach((each) => each.kill()));
  await takeNotes(say);
  const roll = dice(1);
  const all = await gather({ nodes, roll });
  let over = false;
  t.after(() => (over = true));
  const busy = [all.console, ...all.phones].map((who) => write(who, roll, () => over));
  busy.push(watch(all.board, roll, () => over));
  const answers = () => all.all.reduce((sum, who) => sum + who.answers.length, 0);
  /** Everybody has been answered, and more than once. */
  const goesOn = async () => {
    const before = answers();
    await until(() => answers() > before + 20);
  };
  await goesOn();
  return {
    ...{ base, nodes, all, say, answers, goesOn },
    async end() {
      over = true;
      await Promise.all(busy);
      const history = await historyOf(all, say);
      assert.deepEqual(check(history), []);
      assert.deepEqual(
        [...all.all.flatMap((who) => who.wrong), ...nodes.map((each) => each.wrong)].filter(
          Boolean,
        ),
        [],
      );
      return history;
    },
  };
}

/**
 * Nobody is answered, whoever they ask, for longer than a lease. Screens are told that nothing is saved, or, where the
 * lease was out before, to come again.
 */
async function nobodyIsAnswered({ all, answers }) {
  await wait(200); // What was on its way.
  const before = answers();
  const told = all.all.map(({ saving, busy }) => saving + busy);
  await until(() => all.all.every(({ saving, busy }, i) => saving + busy > told[i]));
  await wait(2500);
  assert.equal(answers(), before);
}

test(
  '29 the database is lost, and its standby leads: all that was told is there',
  { skip },
  async (t) => {
    const it = await writing(t, 'lost');
    await it.base.leader('kill');
    await nobodyIsAnswered(it);
    await it.base.promote();
    await it.goesOn();
    await it.base.follow();
    await it.goesOn();
    await it.base.leader('kill'); // And back.
    await it.base.promote();
    await it.goesOn();
    await it.end();
  },
);

test('29 the database starts again', { skip }, async (t) => {
  const it = await writing(t, 'again');
  await it.base.leader('restart');
  await it.goesOn();
  await it.end();
});

test('29 the database stands still for ten seconds', { skip }, async (t) => {
  const it = await writing(t, 'still');
  await it.base.leader('freeze');
  await nobodyIsAnswered(it);
  await wait(7000);
  await it.base.leader('thaw');
  await it.goesOn();
  const { rows } = await it.end();
  assert.ok(new Set(rows.map(({ epoch }) => epoch)).size > 1);
});

test(
  '29 a standby that is gone is waited for, and what is said meanwhile is kept',
  { skip },
  async (t) => {
    const it = await writing(t, 'alone');
    await it.base.standby('kill');
    await nobodyIsAnswered(it);
    await it.base.follow();
    await it.goesOn();
    await it.end();
  },
);
