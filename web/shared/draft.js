// draft.js -- the server's tree of the minutes (protocol/minutes.schema.json) as it stands on a page:
// the same text, in the same order, as in every file of it. A page hangs its tools onto what a block
// is about; what it does not know it draws plainly.
import { html, nothing } from 'lit-html';

/**
 * A piece of the tree, with what its kind has of these.
 * @typedef {{is: string, of: any[], level: number, mark: string, text: string, day: string,
 *   about: string, id: string}} Node
 * What a page makes of the blocks that are about something, by what that is: a section, an item, or a
 * row with the <tbody> that it stands in.
 * @typedef {{[about: string]: (node: Node) => any}} Hang
 * The tree itself.
 * @typedef {{version: number, lang: string, meeting: string, edition: string, state: string, of:
 *   Node[]}} Minutes
 */

const marked = ({ mark, text }) => {
  if (mark === 'strong') return html`<strong>${text}</strong>`;
  if (mark === 'open') return html`<mark class="open">${text}</mark>`;
  return html`<span
    class=${mark === 'soft' || mark === 'author' || mark === 'quote' ? mark : nothing}
    >${text}</span
  >`;
};

/**
 * Characters with their marks, days and new lines; and what the page has made itself.
 * @param {(string | Node)[]} nodes
 */
export const inline = (nodes = []) =>
  nodes.map((node) => {
    if (typeof node === 'string') return node;
    if (node.is === 'break') return html`<br />`;
    if (node.is === 'date') return html`<time datetime=${node.day}>${node.text}</time>`;
    if (node.is === 'made') return node.of;
    return node.is === 'text' ? marked(node) : nothing;
  });

function heading({ level, of }) {
  const words = inline(of);
  if (level === 1) return html`<h1>${words}</h1>`;
  if (level === 2) return html`<h2>${words}</h2>`;
  return level === 3 ? html`<h3>${words}</h3>` : html`<h4>${words}</h4>`;
}

const part = ({ is, of }) =>
  is === 'term' ? html`<dt>${inline(of)}</dt>` : html`<dd>${inline(of)}</dd>`;

/** @param {Node} node  a head or a cell of a row */
export const cell = ({ is, of }) =>
  is === 'column_head'
    ? html`<th scope="col">${inline(of)}</th>`
    : is === 'row_head'
      ? html`<th scope="row">${inline(of)}</th>`
      : html`<td>${inline(of)}</td>`;

const row = ({ of }) =>
  html`<tr>
    ${of.map(cell)}
  </tr>`;

/** As many columns as fit on a narrow screen. */
const WIDE = 2;

const keyOf = (node, i) => (node.about ? `${node.about} ${node.id}` : i);
const plainly = (nodes, key, draw) => nodes.map(draw);

/**
 * Draws pieces of the tree.
 * @param {Node[]} nodes  @param {Hang} [hang]
 * @param {(nodes: Node[], key: (node: Node, i: number) => any, draw: (node: Node) => any) => any} [each]
 *   lit's `repeat`, where somebody writes in what hangs on them
 */
export function blocks(nodes, hang = {}, each = plainly) {
  const below = (list, draw) => each(list, keyOf, draw);

  /** Rows about something that the page knows bring what they stand in; a wide one is scrolled, also by keys. */
  function table({ of: [caption, ...rows] }) {
    const heads = rows[0]?.of[0]?.is === 'column_head' ? rows.shift() : null;
    const own = hang[rows[0]?.about];
    return html`<table tabindex=${rows[0]?.of.length > WIDE ? 0 : nothing}>
      <caption>
        ${inline(caption.of)}
      </caption>
      ${
        heads
          ? html`<thead>
              ${row(heads)}
            </thead>`
          : nothing
      }
      ${
        own
          ? below(rows, own)
          : html`<tbody>
              ${rows.map(row)}
            </tbody>`
      }
    </table>`;
  }

  const item = (node) => hang[node.about]?.(node) ?? html`<li>${inline(node.of)}</li>`;

  function block(node) {
    const { is, of } = node;
    if (is === 'section')
      return hang[node.about]?.(node) ?? html`<section>${below(of, block)}</section>`;
    if (is === 'heading') return heading(node);
    if (is === 'paragraph') return html`<p>${inline(of)}</p>`;
    if (is === 'list')
      return html`<ul>
        ${below(of, item)}
      </ul>`;
    if (is === 'terms') return html`<dl>${of.map(part)}</dl>`;
    return is === 'table' ? table(node) : nothing;
  }
  return below(nodes, block);
}

/** The section about this, wherever in the document. @param {Minutes | null} minutes */
export const sectionOf = (minutes, about) => minutes?.of.find((node) => node.about === about);

/** The cells of the row about one thing, or undefined. @param {Node | undefined} section @returns {Node[] | undefined} */
export const cellsOf = (section, about, id) =>
  section?.of
    .flatMap((node) => (node.is === 'table' ? node.of : []))
    .find((node) => node.about === about && node.id === id)?.of;
