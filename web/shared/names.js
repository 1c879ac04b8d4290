// names.js -- people who are called the same are told apart, on every screen by the same words: by
// their function where that differs, else by a number that goes by who came first and stays.
//
// "Mette, lærer", "Mette, elev", "Mette" and "METTE": Mette (lærer), Mette (elev), Mette 3, METTE 4.
// The minutes keep to the same rule (server/minutes/called.h): tests/vectors/names.json has the
// cases for both.

/**
 * @typedef {import('runde:protocol').TableSeat & {called?: string}} Seat  called: how somebody goes
 *   who would be called as another one is
 */

const same = (text) => text?.toLowerCase();

/**
 * The seats, each with how it is called where its name alone, or its function where it has none,
 * would be another's too. Those about which nothing is new are the same objects.
 * @param {Seat[]} seats
 * @returns {Seat[]}
 */
export function apart(seats) {
  /** @type {Map<string, Seat[]>} */
  const groups = new Map();
  for (const seat of [...seats].sort((a, b) => a.seat - b.seat)) {
    const key = same(seat.name || seat.function);
    if (key) groups.get(key)?.push(seat) ?? groups.set(key, [seat]);
  }
  const called = new Map();
  for (const group of groups.values()) {
    const jobs = group.map((each) => each.name && same(each.function));
    let n = 0;
    if (group[1])
      for (const [i, { seat, name, function: job }] of group.entries()) {
        const full = `${name} (${job})`;
        const told = jobs[i] && !/[()]/.test(job) && !groups.has(same(full));
        do n++;
        while (groups.has(same(`${name || job} ${n}`)));
        called.set(
          seat,
          told && jobs.indexOf(jobs[i]) === jobs.lastIndexOf(jobs[i])
            ? full
            : `${name || job} ${n}`,
        );
      }
  }
  return seats.map((seat) =>
    seat.called === called.get(seat.seat) ? seat : { ...seat, called: called.get(seat.seat) },
  );
}

/** How somebody is called, '' for who has neither name nor function. @param {Partial<Seat>} [seat] */
export const callName = (seat) => seat?.called || seat?.name || seat?.function || '';

/** @param {Partial<Seat>} seat */
const saysJob = ({ name, function: job, called }) => called === `${name} (${job})`;

/** What stands beside that: the function, where it has not been said. @param {Partial<Seat>} seat */
export const besideName = (seat) => (seat.name && !saysJob(seat) && seat.function) || '';

/** Both, one after the other: the function is said once. @param {Partial<Seat>} seat */
export const fullName = (seat) =>
  [saysJob(seat) ? seat.name : callName(seat), seat.name && seat.function].filter(Boolean);
