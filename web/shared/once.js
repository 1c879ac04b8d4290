// once.js -- what is asked over and over, worked out once. What an answer holds, nobody changes.

/**
 * A question about a list, and perhaps one thing more: its answers are kept for as long as that
 * very list is.
 * @template E, T
 * @param {(list: E[], about?: any) => T} work
 * @returns {(list: E[], about?: any) => T}
 */
export function ofList(work) {
  /** @type {WeakMap<E[], Map<any, T>>} */
  const kept = new WeakMap();
  return (list, about) => {
    const answers = kept.get(list) ?? new Map();
    kept.set(list, answers);
    if (!answers.has(about)) answers.set(about, work(list, about));
    return /** @type {T} */ (answers.get(about));
  };
}

/**
 * A question of which only the last answer is kept: the same while it is asked about the same
 * things.
 * @template {any[]} A
 * @template T
 * @param {(...about: A) => T} work
 * @returns {(...about: A) => T}
 */
export function latest(work) {
  /** @type {A | undefined} */
  let last;
  /** @type {T} */
  let answer;
  return (...about) => {
    if (!last || about.some((each, i) => each !== last?.[i]))
      [last, answer] = [about, work(...about)];
    return answer;
  };
}
