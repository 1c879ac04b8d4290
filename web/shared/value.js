// value.js -- what is written in several texts at once, an answer with its tasks: whether two say the
// same, and where in it a text stands. Pure.
import { limits } from 'runde:protocol';
import { clean } from './clean.js';

const isNothing = (it) =>
  it === undefined || it === null || it === false || it === '' || it.length === 0;

/** Whether two say the same: what says nothing may be there or not, and texts are as the server has them. */
export function same(a, b) {
  if (isNothing(a) || isNothing(b)) return isNothing(a) === isNothing(b);
  if (typeof a === 'string') return typeof b === 'string' && clean(a) === clean(b);
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (Array.isArray(a)) return a.length === b.length && a.every((each, i) => same(each, b[i]));
  return Object.keys({ ...a, ...b }).every((key) => same(a[key], b[key]));
}

/** By what the things of a list are known: tasks by their id, people by who they are. */
export const nameOf = (it) =>
  typeof it === 'string' ? it : (it.id ?? `${it.body} ${it.name ?? it.text}`);

/** What stands at a path: 'text', or 'tasks.3f2b….owner'. @returns {string} */
export const valueAt = (value, path) =>
  path
    .split('.')
    .reduce(
      (it, name) => (Array.isArray(it) ? it.find((each) => nameOf(each) === name) : it?.[name]),
      value,
    ) ?? '';

/** The same with another text at the path. */
export function withText(value, path, text) {
  const [name, ...rest] = path.split('.');
  if (Array.isArray(value))
    return value.map((each) =>
      nameOf(each) === name ? withText(each, rest.join('.'), text) : each,
    );
  return { ...value, [name]: rest.length ? withText(value[name], rest.join('.'), text) : text };
}

/** What a text at the end of a path may have, in code points. */
const MOST = { text: limits.text, title: limits.title, owner: limits.name };

/** How many letters too many a text has for its place. */
export const excess = (text, path = 'text') =>
  Math.max(0, [...clean(text)].length - MOST[path.split('.').at(-1)]);
