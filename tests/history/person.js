// person.js -- somebody in a meeting that several servers may lead: writes, goes to another server when one does not answer or
// does not let in, and sends again what was not answered. All that they are told is written down.
import { randomUUID } from 'node:crypto';
import '../web/support/hooks.js';

import { keptId } from '../crash/look.js';
import { wait } from '../support/rawhttp.js';
import { CLOSE, TEXT, Ws } from '../support/rawws.js';

const { applyFrame } = await import('../../web/shared/model.js');

/** Who has heard nothing for so long goes elsewhere, as a rule. */
const PATIENCE_MS = 1000;
/** What passes by itself. */
const LATER = ['busy', 'not_saved', 'too_fast'];

const now = () => performance.now();

/** What it gives; null where it takes too long, and then `late` gets what it gives. */
const within = (promise, late = () => {}, patience = PATIENCE_MS) =>
  new Promise((done, failed) => {
    let over = false;
    const timer = setTimeout(() => done(((over = true), null)), patience);
    promise.then(
      (value) => (over ? late(value) : (clearTimeout(timer), done(value))),
      (error) => (over ? null : (clearTimeout(timer), failed(error))),
    );
  });

/** A connection: `each` is called with every frame; resolves to null where nobody is there. */
async function connection(port, hello, each) {
  const opening = Ws.open(port);
  const ws = await within(opening, (late) => late.destroy()).catch(() => null);
  if (!ws) return null;
  const waiting = new Set();
  const link = {
    over: false,
    say: (frame) => ws.text(JSON.stringify(frame)),
    /** The next frame that is wanted; null where none comes. */
    next: (wanted, patience) =>
      within(
        new Promise((done) => {
          const one = { wanted, done };
          if (link.over) done(null);
          else waiting.add(one);
        }),
        undefined,
        patience,
      ),
    leave() {
      link.over = true;
      ws.destroy();
      for (const { done } of waiting) done(null);
    },
  };
  const heard = (frame) => {
    each(frame);
    for (const one of waiting)
      if (one.wanted(frame)) {
        waiting.delete(one);
        one.done(frame);
      }
  };
  (async () => {
    for (;;) {
      const message = await ws.message().catch(() => null);
      if (!message || message.opcode === CLOSE || link.over) return link.leave();
      if (message.opcode === TEXT) heard(JSON.parse(message.payload.toString()));
    }
  })();
  link.say({ hello });
  return link;
}

/**
 * @param {{name: string, as: string, nodes: {name: string, port: number}[], roll: () => number,
 *   made: {code: string, key: (role: string) => string}}} who  `nodes` are tried from the first on
 */
export function person({ name, as, nodes, made, roll }) {
  const phone = randomUUID();
  const mine = as === 'phone' ? { id: phone } : { key: made.key(as) };
  let token = '';
  let node = nodes[0];
  let link = null;
  const it = {
    name,
    as,
    answers: [],
    seen: [],
    clocks: [],
    /** How often they were told that nothing is saved, and to come again. */
    saving: 0,
    busy: 0,
    /** What went wrong that no other try can mend. */
    wrong: [],
    /** Of the pages' own model. */
    state: null,
    seat: 0,
    get node() {
      return node.name;
    },
  };

  const clock = (asked, shown) =>
    it.clocks.push({ asked, heard: now(), now: shown, node: node.name });

  /** What a frame tells a screen. */
  const take = (frame) => {
    if (frame.saving === false) it.saving++;
    for (const fact of frame.facts ?? []) it.seen.push({ seq: fact.seq, fact });
    if (frame.facts || frame.snapshot) it.state = applyFrame(it.state, frame);
    if (frame.clock) clock(frame.clock.sent, frame.clock.now);
  };

  const greeting = (since) => ({
    ...{ as, meeting: made.code, ...mine },
    ...(as === 'phone' && (token ? { token } : { name })),
    ...(since && it.state && { since: it.state.seq }),
  });

  /** One try to come in; whether it came to anything. */
  async function knock(where, since, each) {
    const asked = now();
    const one = await connection(where.port, greeting(since), each);
    const first = await one?.next((frame) => frame.welcome || frame.refused);
    if (first?.welcome) {
      token = first.welcome.token ?? token;
      it.seat = first.welcome.seat ?? it.seat;
      clock(asked, first.welcome.now);
      return one;
    }
    if (first && LATER.includes(first.refused.code)) it.busy++;
    else if (first)
      it.wrong.push(`${name} was refused at ${where.name}: ${JSON.stringify(first.refused)}`);
    one?.leave();
    return null;
  }

  /** Comes in wherever somebody lets them. */
  async function come() {
    while (!link || link.over) {
      const since = roll() < 0.8;
      link = await knock(node, since, take);
      if (link) return;
      await wait(20 + 60 * roll());
      node = nodes[Math.floor(roll() * nodes.length)];
    }
  }

  const leave = () => {
    link?.leave();
    link = null;
  };

  Object.assign(it, {
    come,
    leave,
    /** Goes to another server, of their own will. */
    move() {
      leave();
      node = nodes[Math.floor(roll() * nodes.length)];
    },
    /** Whoever asks for the clock need not wait for the answer. */
    askClock: () => link && !link.over && link.say({ clock: { sent: now() } }),

    /** Sends a command until it is answered for good; `cut`: the connection is lost as it is sent first. */
    async send(what, fields = {}, { cut = false, patience = PATIENCE_MS } = {}) {
      const id = randomUUID();
      const first = now();
      for (let tries = 1; ; tries++) {
        await come();
        const sent = now();
        const at = node.name;
        link.say({ id, do: what, with: fields });
        if (cut && tries === 1) {
          await wait(3 * roll());
          leave();
          continue;
        }
        const reply = await link.next((frame) => frame.re === id, patience);
        if (!reply) leave();
        if (reply && !LATER.includes(reply.code)) {
          const { ok, seq, code } = reply;
          const kept = keptId({ phones: [{ id: phone }] }, { id, as, who: 2 });
          it.answers.push({
            ...{ id, kept, do: what, text: fields.text, first, sent, heard: now(), tries },
            ...{ node: at, reply: { ok, seq, code } },
          });
          return reply;
        }
        await wait(10 + 40 * roll());
      }
    },

    /** Waits until the screen has come so far. */
    async reach(seq) {
      while (!(it.state?.seq >= seq)) {
        await come();
        const on = await link.next((frame) => frame.facts || frame.snapshot);
        if (!on && !(it.state?.seq >= seq)) leave();
      }
    },

    /** What a new screen of the same person is told. A phone's own one ends by it. */
    async fresh() {
      for (;;) {
        await come();
        let state = null;
        const each = (frame) => void (state = applyFrame(state, frame));
        const one = await knock(node, false, each);
        const told = state || (await one?.next((frame) => frame.snapshot));
        one?.leave();
        if (told) return state;
        leave();
      }
    },
  });
  return it;
}
