// groups.js -- cards under the headings that the facilitator gave them: blocks in columns, each
// with its cards, all in one box.
import { layCards } from './cards.js';
import { wrapTo } from './fit.js';

/** @import {Grouping} from 'runde:protocol' */

/**
 * @typedef {{id: string, text: string, x: number, y: number, w: number, h: number}} Head
 * @typedef {import('./cards.js').Laid & {heads: Head[], rows: boolean}} Grouped  rows: as lists,
 *   where cards would have been cut
 * @typedef {{id: string, title: string, cards: import('./cards.js').Card[], weight: number}} Block
 */

export const HEAD_SIZE = 2.6;
const HEAD = 4;
/** A long heading has further lines, where its block is high enough. */
const LINE = HEAD_SIZE * 1.2;
const LINES = 3;
const GAP = 2.4;
/** No block is lower than its heading and one row of cards. */
const LOWEST = HEAD + 6;

const weigh = (cards) => cards.reduce((sum, { text }) => sum + 0.7 + (text ?? '').length / 60, 1);

/**
 * The groups that hold any of the cards, in their order; then those that no group holds.
 * @param {import('./cards.js').Card[]} cards
 * @param {Grouping[]} groups
 * @param {string} rest  what the others are called
 * @param {number} most  so many blocks at the most: further groups stand among the others
 * @returns {Block[]}
 */
export function blocksOf(cards, groups, rest, most) {
  const left = new Map(cards.map((card) => [card.id, card]));
  const blocks = [];
  for (const { group, title = '', contributions } of groups) {
    const mine = contributions.map((id) => left.get(id)).filter(Boolean);
    if (!mine.length || blocks.length >= most - 1) continue;
    for (const { id } of mine) left.delete(id);
    blocks.push({ id: group, title, cards: mine, weight: weigh(mine) });
  }
  const others = [...left.values()];
  return others.length
    ? [...blocks, { id: 'rest', title: rest, cards: others, weight: weigh(others) }]
    : blocks;
}

/** Blocks into columns, each into the one that holds least so far. */
function columnsOf(blocks, across) {
  const columns = Array.from({ length: across }, () => ({ blocks: [], weight: 0 }));
  for (const block of blocks) {
    const column = columns.reduce((best, each) => (each.weight < best.weight - 1e-9 ? each : best));
    column.blocks.push(block);
    column.weight += block.weight;
  }
  return columns.filter((column) => column.blocks.length);
}

/** A column's height, dealt out by weight, and never less than the lowest. */
function heights({ blocks, weight }, h) {
  const free = h - (blocks.length - 1) * GAP - blocks.length * LOWEST;
  return blocks.map((block) => LOWEST + Math.max(0, (free * block.weight) / weight));
}

/**
 * @param {import('./cards.js').Card[]} cards  oldest first
 * @param {Grouping[]} groups
 * @param {{w: number, h: number}} area
 * @param {import('./fit.js').Measure} measure
 * @param {{max?: number, rest?: string, rows?: boolean}} [options]
 * @returns {Grouped}
 */
export function layGroups(
  cards,
  groups,
  area,
  measure,
  { max = 3.2, rest = '', rows = false } = {},
) {
  const laid = layBlocks(cards, groups, area, measure, { max, rest, rows });
  const lost = ({ slips, cards: placed }) =>
    slips.length * 2 + placed.filter(({ cut }) => cut).length;
  if (rows || !lost(laid)) return laid;
  const list = layBlocks(cards, groups, area, measure, { max, rest, rows: true });
  return lost(list) < lost(laid) ? list : laid;
}

/** @returns {Grouped} */
function layBlocks(cards, groups, area, measure, { max, rest, rows }) {
  const down = Math.max(1, Math.floor((area.h + GAP) / (LOWEST + GAP)));
  const widest = Math.max(1, Math.round(area.w / 27));
  const blocks = blocksOf(cards, groups, rest, down * widest);
  const across = Math.max(1, Math.min(widest, blocks.length));
  const wide = (area.w - GAP * (across - 1)) / across;
  /** A column never holds more blocks than there is height for. */
  const columns =
    Math.ceil(blocks.length / across) >= down ? evenly(blocks, across) : columnsOf(blocks, across);
  const places = columns.flatMap((column, i) => {
    let y = 0;
    return heights(column, area.h).map((h, k) => {
      const place = { block: column.blocks[k], x: i * (wide + GAP), y, h };
      y += h + GAP;
      return place;
    });
  });
  const titles = places.map(({ block, h }) => {
    const most = Math.min(LINES, 1 + Math.max(0, Math.floor((h - LOWEST) / LINE)));
    return wrapTo(block.title, wide, HEAD_SIZE, most, measure, 600);
  });
  const deep = (i) => HEAD + (titles[i].lines.length - 1) * LINE;
  const lay = (size) =>
    places.map(({ block, h }, i) =>
      layCards(block.cards, { w: wide, h: h - deep(i) }, measure, {
        max: size,
        rows,
        newestFirst: !rows && block.id === 'rest',
      }),
    );
  // All are of the size that fits the fullest, so that no group looks weightier than another.
  const same = Math.min(max, ...lay(max).flatMap((laid) => laid.cards.map(({ size }) => size)));
  /** @type {Grouped} */
  const all = { heads: [], cards: [], slips: [], rows };
  lay(same).forEach((laid, i) => {
    const { block, x, y } = places[i];
    all.heads.push({
      id: block.id,
      text: titles[i].text,
      x,
      y,
      w: wide,
      h: deep(i) - 0.6,
    });
    all.cards.push(
      ...laid.cards.map((card) => ({ ...card, x: card.x + x, y: card.y + y + deep(i) })),
    );
    all.slips.push(
      ...laid.slips.map((slip) => ({ ...slip, x: slip.x + x, y: slip.y + y + deep(i) })),
    );
  });
  return all;
}

/** As many blocks in each column as in the others. */
function evenly(blocks, across) {
  const each = Math.ceil(blocks.length / across);
  return Array.from({ length: Math.ceil(blocks.length / each) }, (_, i) => {
    const mine = blocks.slice(i * each, (i + 1) * each);
    return { blocks: mine, weight: mine.reduce((sum, { weight }) => sum + weight, 0) };
  });
}
