// give.js -- what goes to a meeting over its own connection: figures, seats, a changed agenda. One
// command after the other, each with an answer; a connection that is lost is told, and what is
// there already is not given twice.
import { connect } from '../../shared/link.js';

/**
 * A short visit as console or leader.
 * @param {{code: string, key: string, as?: 'console' | 'leader', open?: any}} where
 * @returns {Promise<{state: any, send: (name: string, fields: object) => Promise<any>, leave: ()
 *   => void} | {refused: string}>}
 */
export function visit({ code, key, as = 'console', ...how }) {
  return new Promise((done) => {
    const link = connect({
      ...how,
      hello: () => ({ as, meeting: code, key }),
      on: {
        state: (state) =>
          done({
            state,
            send: (name, fields) => link.send(name, fields),
            leave: () => link.close(),
          }),
        refused: (refused) => done({ refused }),
        status: (status) => {
          if (status === 'lost' && !link?.state) {
            link?.close();
            done({ refused: 'offline' });
          }
        },
      },
    });
  });
}

/** A visit by a key of either kind: a link does not say whose it is. */
export async function visitAny(where) {
  const first = await visit(where);
  return 'refused' in first && first.refused === 'wrong_key'
    ? visit({ ...where, as: 'leader' })
    : first;
}

const same = (a, b) =>
  ['title', 'kind', 'url', 'csv', 'text', 'chart', 'confidential'].every(
    (name) => (a[name] ?? null) === (b[name] ?? null),
  );

/**
 * The commands that make a meeting's figures those of the plan. Pure.
 * @param {any[]} had  the meeting's, with their `data` ids
 * @param {any[]} wanted  the plan's; those that came from the meeting carry their id
 * @returns {[string, object][]}
 */
export function figureCommands(had, wanted) {
  const gone = had.filter((it) => !wanted.some((each) => each.data === it.data));
  const changed = wanted.filter(
    (it) => !had.some((each) => each.data === it.data && same(each, it)),
  );
  return [
    ...gone.map((it) => /** @type {[string, object]} */ (['data.remove', { data: it.data }])),
    ...changed.map((it) => /** @type {[string, object]} */ (['data.put', it])),
  ];
}

/**
 * The commands that make a meeting's answers those of the plan, each on what it was written on. Pure.
 * @param {{id: string, yes?: boolean, text?: string}[]} had  the meeting's
 * @param {{id: string, yes?: boolean, text?: string}[]} wanted  the plan's
 * @returns {[string, object][]}
 */
export const answerCommands = (had, wanted) =>
  wanted.flatMap(({ id, yes, text = '' }) => {
    const was = had.find((each) => each.id === id);
    if ((was?.text ?? '') === text && was?.yes === yes) return [];
    const fields = { id, ...(yes !== undefined && { yes }), text, base: was?.text ?? '' };
    return [/** @type {[string, object]} */ (['prepared.set', fields])];
  });

/**
 * Seats for people who will come with their own phone, or be led without one. @returns {[string,
 * object][]}
 */
export const seatCommands = (seats) =>
  seats.map((it) => ['seat.add', { ...it, device: 'none', awaited: true }]);

/**
 * Gives one after the other, and stops at the first that is refused.
 * @param {{send: (name: string, fields: object) => Promise<any>}} there
 * @param {[string, object][]} commands
 * @returns {Promise<{given: number, reply?: any}>}
 */
export async function give(there, commands) {
  for (const [given, [name, fields]] of commands.entries()) {
    const reply = await there.send(name, fields);
    if (reply.ok || reply.code === 'nothing_changed') continue;
    if (reply.code === 'too_fast') {
      await new Promise((done) => setTimeout(done, reply.wait ?? 1000));
      const again = await there.send(name, fields);
      if (again.ok) continue;
      return { given, reply: again };
    }
    return { given, reply };
  }
  return { given: commands.length };
}
