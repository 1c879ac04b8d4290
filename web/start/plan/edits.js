// edits.js -- what the editor's buttons, keys and drags do to the plan: each one step that can be
// undone.
import { tableIn } from '../../shared/text.js';
import { answerWords } from '../../shared/before.js';
import { t } from '../../shared/i18n.js';
import {
  addItem,
  addPart,
  copyItem,
  copyPart,
  findItem,
  findPart,
  moveItem,
  put,
  removeItem,
  removePart,
  stepPart,
} from './agenda.js';
import { drag } from './drag.js';
import { itemName, partName } from './words.js';

/** @param {any} ctx @param {HTMLElement} root */
export function edits(ctx, root) {
  const form = () => ctx.s.form;
  const partOf = (id) => {
    const [i, k] = findPart(form(), id);
    return form().items[i].parts[k];
  };
  const itemOf = (key) => form().items[findItem(form(), key)];
  const focus = (id) => document.getElementById(id)?.focus();
  const open = (name) => ctx.set({ open: new Set([...ctx.s.open, name]) });

  /** A change of a part as a whole. */
  ctx.part = (id, change, label = t('plan.did.changed')) => {
    const [i, k] = findPart(form(), id);
    ctx.change(label, put(form(), ['items', i, 'parts', k], change(form().items[i].parts[k])));
  };
  ctx.typedWord = t('plan.did.typed');

  function movedPart(id, next) {
    ctx.change(t('plan.did.moved', { name: partName(partOf(id)) }), next);
    const [i, k] = findPart(form(), id);
    ctx.set({
      said: t('plan.said_part', {
        name: partName(partOf(id)),
        n: String(k + 1),
        item: itemName(form().items[i]),
      }),
    });
  }
  function movedItem(key, next) {
    ctx.change(t('plan.did.moved', { name: itemName(itemOf(key)) }), next);
    ctx.set({
      said: t('plan.said_item', {
        name: itemName(itemOf(key)),
        n: String(findItem(form(), key) + 1),
      }),
    });
  }
  /** Arrow keys on a handle; the focus goes with what was moved. */
  const keyed = (event, step, handle) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
    focus(handle);
  };
  const stepItem = (key, by) => movedItem(key, moveItem(form(), key, findItem(form(), key) + by));
  const movePartBy = (id, by) => movedPart(id, stepPart(form(), id, by));

  return {
    dragPart: (event, id) =>
      drag(ctx, event, { kind: 'part', key: id, root, done: (next) => movedPart(id, next) }),
    dragItem: (event, key) =>
      drag(ctx, event, { kind: 'item', key, root, done: (next) => movedItem(key, next) }),
    partKey: (event, id) => keyed(event, (by) => movePartBy(id, by), `handle-${id}`),
    itemKey: (event, key) => keyed(event, (by) => stepItem(key, by), `handle-i${key}`),
    stepPart: (id, by) => {
      movePartBy(id, by);
      document.getElementById(`handle-${id}`)?.scrollIntoView({ block: 'nearest' });
    },
    stepItem: (key, by) => {
      stepItem(key, by);
      document.getElementById(`item-${key}`)?.scrollIntoView({ block: 'nearest' });
    },
    way: (words, next) => ctx.change(t('plan.did.way', { name: words }), next),
    switchPart: (id, on) => ctx.part(id, (part) => ({ ...part, on }), t('plan.did.changed')),
    addItem() {
      const [next, key] = addItem(form());
      ctx.change(t('plan.did.added_item'), next);
      focus(`f-items-${findItem(form(), key)}-title`);
    },
    copyItem(key) {
      const [next, mine] = copyItem(form(), key);
      ctx.change(t('plan.did.copied', { name: itemName(itemOf(key)) }), next);
      focus(`f-items-${findItem(form(), mine)}-title`);
    },
    removeItem(key) {
      ctx.change(t('plan.did.removed', { name: itemName(itemOf(key)) }), removeItem(form(), key));
      focus('items-h');
    },
    addPart(key, method) {
      const [next, id] = addPart(form(), key, method);
      ctx.change(t('plan.did.added', { name: t('method.' + method) }), next);
      open(id);
      const [i, k] = findPart(form(), id);
      focus(`f-items-${i}-parts-${k}-title`);
    },
    copyPart(id) {
      const [next, mine] = copyPart(form(), id);
      ctx.change(t('plan.did.copied', { name: partName(partOf(id)) }), next);
      focus(`handle-${mine}`);
    },
    removePart(id) {
      const [i] = findPart(form(), id);
      const { key } = form().items[i];
      ctx.change(t('plan.did.removed', { name: partName(partOf(id)) }), removePart(form(), id));
      focus(`add-${key}`);
    },
    addBank(key) {
      const path = ['items', findItem(form(), key), 'bank'];
      const list = itemOf(key).bank ?? [];
      ctx.change(t('plan.did.changed'), put(form(), path, [...list, { questions: [] }]));
      focus(`f-items-${path[1]}-bank-${list.length}-title`);
    },
    removeBank: (key, g) =>
      ctx.change(
        t('plan.did.removed', { name: t('plan.bank_no', { n: String(g + 1) }) }),
        put(
          form(),
          ['items', findItem(form(), key), 'bank'],
          itemOf(key).bank.filter((_, i) => i !== g),
        ),
      ),
    dropCarried: (i) =>
      ctx.change(
        t('plan.did.removed', { name: form().carried[i].text }),
        put(
          form(),
          ['carried'],
          form().carried.filter((_, k) => k !== i),
        ),
      ),
    answer: (i, change) =>
      ctx.change(
        t('plan.did.changed'),
        put(form(), ['before', i], { ...form().before[i], ...change }),
      ),
    putAnswer(it) {
      const { data } = form();
      const figure = { kind: 'text', title: it.ask, text: answerWords(it) };
      ctx.change(
        t('plan.did.added', { name: t('plan.kind.text') }),
        put(form(), ['data'], [...data, figure]),
      );
    },
    addFigure(kind) {
      const { data } = form();
      ctx.change(
        t('plan.did.added', { name: t('plan.kind.' + kind) }),
        put(form(), ['data'], [...data, kind === 'table' ? { kind, chart: 'bar' } : { kind }]),
      );
      focus(`f-data-${data.length}-title`);
    },
    figure: (i, change) =>
      ctx.change(t('plan.did.changed'), put(form(), ['data', i], { ...form().data[i], ...change })),
    removeFigure(i) {
      ctx.change(
        t('plan.did.removed', {
          name: form().data[i].title || t('plan.kind.' + form().data[i].kind),
        }),
        put(
          form(),
          ['data'],
          form().data.filter((_, k) => k !== i),
        ),
      );
      focus('data-h');
    },
    async readCsv(i, file) {
      const { text: csv, wrong } = await tableIn(file);
      if (wrong) return ctx.set({ refused: [{ path: `data.${i}.csv`, rule: `file.${wrong}` }] });
      return ctx.change(
        t('plan.did.changed'),
        put(form(), ['data', i], {
          ...form().data[i],
          csv,
          title: form().data[i].title || file.name.replace(/\.\w+$/, ''),
        }),
      );
    },
    addSeat() {
      const { seats } = form();
      ctx.change(
        t('plan.did.added', { name: t('plan.seat') }),
        put(form(), ['seats'], [...seats, {}]),
      );
      focus(`f-seats-${seats.length}-name`);
    },
    removeSeat: (i) =>
      ctx.change(
        t('plan.did.removed', { name: form().seats[i].name || t('plan.seat') }),
        put(
          form(),
          ['seats'],
          form().seats.filter((_, k) => k !== i),
        ),
      ),
  };
}
