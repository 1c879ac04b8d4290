// align.js -- which notes a text makes of those that were there.

/**
 * Which notes a text makes of those that were: lines that are as before keep their ids, and so do
 * lines that were mended.
 * @param {{id: string, text: string}[]} old
 * @param {string[]} texts
 * @param {() => string} newId
 * @returns {{notes: {id: string, text: string}[], changed: {id: string, text: string}[]}}
 *   changed: to be saved; '' removes
 */
export function align(old, texts, newId) {
  const most = Math.min(old.length, texts.length);
  let before = 0;
  while (before < most && old[before].text === texts[before]) before++;
  let after = 0;
  while (
    after < most - before &&
    old[old.length - 1 - after].text === texts[texts.length - 1 - after]
  )
    after++;
  const between = old.slice(before, old.length - after);
  const notes = texts.map((text, i) => {
    if (i < before) return old[i];
    if (i >= texts.length - after) return old[old.length - texts.length + i];
    return { id: between.shift()?.id ?? newId(), text };
  });
  const changed = notes.filter((note) => !old.includes(note));
  return { notes, changed: [...changed, ...between.map(({ id }) => ({ id, text: '' }))] };
}
