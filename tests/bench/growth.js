// growth.js -- what the server costs as phones, facts and meetings become more: it should grow with
// receivers alone, and not with what was said before.
import { join } from '../net/client.js';
import { exchange, request } from '../support/rawhttp.js';
import { measure } from './load.js';
import { AGENDA, meeting, serve } from './servers.js';

const SIDE_BY_SIDE = 16;

/** Does `work(i)` for 0 … count - 1, some at a time. */
async function many(count, work) {
  let next = 0;
  const go = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, go));
}

/** Core microseconds of the server for one delivery. */
const each = ({ busy, deliveries }) => ((busy * 1e6) / deliveries).toFixed(2);

/** By phones, and by contributions that were there before. */
async function costs(isShort) {
  console.log('core µs a delivery, 20 contributions in flight');
  const deliveries = isShort ? 1e5 : 2e6;
  for (const phones of isShort ? [10, 100] : [10, 100, 1000, 5000]) {
    const total = Math.min(4500, Math.ceil(deliveries / phones));
    const senders = Math.min(20, phones);
    const r = await measure('runde', ['closed', 1, phones, senders, total]);
    const a_contribution = ((r.busy * 1e6) / r.contributions).toFixed(0);
    console.log(`  ${phones} phones: ${each(r)}, ${a_contribution} a contribution`);
  }
}

/** Facts that are no contributions, of which a meeting takes only so many: hands go up and down. */
async function talk(port, code, facts) {
  await many(SIDE_BY_SIDE, async (i) => {
    const phone = await join(port, { as: 'phone', meeting: code, name: `Hånd ${i}` });
    for (let n = 0; n < facts / SIDE_BY_SIDE; n += 2) {
      await phone.send('hand.raise');
      await phone.send('hand.lower');
    }
    phone.leave();
  });
}

/** A long meeting: what each command costs in it, what it takes of memory, and its recovery. */
async function history(isShort) {
  console.log('one meeting, by its facts');
  for (const facts of isShort ? [10, 100] : [10, 1000, 10000]) {
    const first = await serve('runde');
    const code = await meeting(first.port);
    const empty = first.memory();
    await talk(first.port, code, facts);
    const kB = first.memory() - empty;
    const before = first.busy();
    await talk(first.port, code, 1000);
    const cost = ((first.busy() - before) * 1e6) / 1000;
    await first.stop({ keep: true });
    const again = await serve('runde', { data: first.data });
    console.log(
      `  ${facts} facts: ${cost.toFixed(0)} core µs a command, ${((kB * 1024) / facts).toFixed(0)} bytes a fact,` +
        ` back after ${again.startedMs} ms (${(again.busy() * 1000).toFixed(0)} of its processor)`,
    );
    await again.stop();
  }
}

/** Meetings that are only stored. */
async function stored(isShort) {
  console.log('meetings that are stored');
  const body = JSON.stringify({ agenda: AGENDA });
  const head = { 'Content-Length': String(Buffer.byteLength(body)) };
  for (const count of isShort ? [10, 100] : [100, 1000, 10000]) {
    const first = await serve('runde');
    const empty = first.memory();
    await many(count, () =>
      exchange(first.port, request(first.port, 'POST /api/meetings', head, body)),
    );
    const kB = (first.memory() - empty) / count;
    await first.stop({ keep: true });
    const again = await serve('runde', { data: first.data });
    const starting = again.busy() * 1000;
    const code = await meeting(again.port);
    const before = again.busy();
    await talk(again.port, code, 1000);
    const cost = ((again.busy() - before) * 1e6) / 1000;
    console.log(
      `  ${count} meetings: ${kB.toFixed(1)} kB each, start ${again.startedMs} ms (${starting.toFixed(0)} of its processor),` +
        ` ${cost.toFixed(0)} core µs a command in another one`,
    );
    await again.stop();
  }
}

export async function growth(isShort) {
  await costs(isShort);
  await history(isShort);
  await stored(isShort);
}
