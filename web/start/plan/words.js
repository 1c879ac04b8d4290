// words.js -- what the editor says: what is wrong and where, times, names of what was touched.
import { has, number, t } from '../../shared/i18n.js';

/** "2:05" */
export const duration = (ms) =>
  `${Math.floor(ms / 60000)}:${String(Math.floor((ms % 60000) / 1000)).padStart(2, '0')}`;

/** Half minutes too: "7,5". */
export const minutes = (n) => number(n);

/** What a part is called where it has no title of its own. */
export const partName = (part) => part.title?.trim() || t('method.' + part.method);
export const itemName = (item) => item.title?.trim() || t('plan.item_no', { n: String(item.no) });

/** What is wrong, as a sentence beside its field. @param {import('./check.js').Wrong} wrong */
export function wrongAt({ path, rule, limit, is }) {
  const nth = /\.(\d+)$/.exec(path);
  const list = /\.(questions|responsible)\.\d+$/.test(path)
    ? t('plan.line', { n: String(Number(nth[1]) + 1) })
    : '';
  const [, file] = /^file\.(.*)/.exec(rule) ?? [];
  return file ? t('file.' + file) : list + t('plan.wrong.' + rule, { n: limit, is });
}

const steps = (path) => path.split('.').filter((step) => step !== '');

/** What stands beside the items: "Data nr. 2". */
const outside = ([name, n]) =>
  ['data', 'seats', 'carried', 'before'].includes(name) && n
    ? t('plan.nth.' + name, { n: String(Number(n) + 1) })
    : '';

/**
 * Where that is, as a person counts, and the field by name: "Punkt 4, del 2: minutterne". @param
 * {string} path
 */
export function placeWords(path) {
  const at = steps(path);
  const after = (name) =>
    at.includes(name) && /^\d+$/.test(at[at.indexOf(name) + 1] ?? '')
      ? String(Number(at[at.indexOf(name) + 1]) + 1)
      : '';
  const item = after('items');
  const part = after('parts');
  const name = at.filter((step) => !/^\d+$/.test(step)).at(-1) ?? '';
  const field = has('start.field.' + name) ? t('start.field.' + name) : name;
  const where = part
    ? t('start.at_part', { item, part })
    : item
      ? t('start.at_item', { item })
      : outside(at) || t('start.where_top');
  return name === '' || (name === 'items' && item) ? where : t('plan.place', { where, field });
}

/** The field that a place in an agenda is shown at: lines of one list share theirs. */
export const fieldOf = (path) => path.replace(/\.(questions|responsible)\.\d+$/, '.$1');

/** An element's id for a path. */
export const idOf = (path) =>
  `f-${(Array.isArray(path) ? path.join('.') : path).replaceAll('.', '-')}`;

/** A file that could not be read: a heading, and what is wrong place by place. */
const SHOWN = 8;
/** @param {string} name @param {{wrong?: import('./check.js').Wrong[], line?: number}} read */
export function fileWords(name, { wrong, line }) {
  const head = t('file.as_is', { name });
  if (wrong[0].rule === 'json')
    return [head, line ? t('plan.file_json_at', { n: String(line) }) : t('plan.file_json')];
  if (wrong[0].rule === 'newer') return [head, t('plan.file_newer')];
  if (wrong[0].rule === 'large') return [head, t('plan.file_large')];
  const told = wrong
    .slice(0, SHOWN)
    .map((each) => t('plan.wrong_line', { place: placeWords(each.path), wrong: wrongAt(each) }));
  return [
    head,
    ...told,
    ...(wrong.length > SHOWN ? [t('plan.more_wrong', { n: wrong.length - SHOWN })] : []),
  ];
}
