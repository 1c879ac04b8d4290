// drag.js -- where an item or a part would land that is dragged; keys and buttons do the same (item.js,
// part.js).
//
// While something is dragged, `s.drag` says what and where it would land. The rows themselves stay
// where they are: a line shows the place, so that nothing jumps under the hand.
import { drag as carry } from '../../shared/drag.js';
import { findItem, findPart, moveItem, movePart } from './agenda.js';

const middle = (element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return (top + bottom) / 2;
};

/** The first of these whose middle lies below, as a place among them. */
const placeAmong = (elements, y) => {
  const i = elements.findIndex((element) => y < middle(element));
  return i < 0 ? elements.length : i;
};

const all = (root, selector) => /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);

/** Where a part would land: the item nearest, and the place in it. */
function partPlace(root, y) {
  const lists = all(root, '.parts');
  const distance = (list) => {
    const { top, bottom } = list.getBoundingClientRect();
    return y < top ? top - y : Math.max(0, y - bottom);
  };
  const item = lists.indexOf([...lists].sort((a, b) => distance(a) - distance(b))[0]);
  return { item, to: placeAmong(all(lists[item], '.part'), y) };
}

/** The form with what was dragged at its new place. A place below its own counts without it. */
export function dropped(form, { kind, key, item, to }) {
  if (kind === 'item') {
    const from = findItem(form, key);
    return moveItem(form, key, to > from ? to - 1 : to);
  }
  const [i, k] = findPart(form, key);
  return movePart(form, key, item, item === i && to > k ? to - 1 : to);
}

/**
 * Begins a drag at a handle.
 * @param {import('./store.js').Ctx} ctx
 * @param {PointerEvent} event
 * @param {{kind: 'item' | 'part', key: any, root: HTMLElement, done: (form: any) => void}} what
 */
export function drag(ctx, event, { kind, key, root, done }) {
  let place;
  carry(event, {
    over(_x, y) {
      place =
        kind === 'item' ? { item: -1, to: placeAmong(all(root, '.item'), y) } : partPlace(root, y);
      ctx.set({ drag: { kind, key, ...place } });
    },
    drop: () => done(dropped(ctx.s.form, { kind, key, ...place })),
    end: () => ctx.set({ drag: null }),
  });
}
