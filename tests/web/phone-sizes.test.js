// Every state of the phone where text is large for its screen: on a small phone, magnified, and by a
// reader's own size. Nothing lies over another text, nothing is cut, and lines end between words.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { phone } from './fixtures/phone.js';
import { built, launch, settled, test } from './support/browser.js';
import { openPhone, play } from './support/phone.js';

const gen = built('phone');
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** font: the reader's own size, which a browser takes where a page says nothing. */
const SIZES = [
  { width: 320, height: 568, font: 16 },
  { width: 320, height: 256, font: 16 },
  { width: 195, height: 422, font: 16 },
  { width: 97, height: 211, font: 16 },
  { width: 390, height: 844, font: 32 },
];

/** Runs in the page: what is wrong with its texts, in words. */
function faults() {
  const found = new Set();
  const page = document.querySelector('.page');
  const name = (each) => `${each.localName}.${each.className?.baseVal ?? each.className}`;
  const scrolls = (each) => /auto|scroll/.test(getComputedStyle(each).overflowY);
  const field = 'input, select, textarea';
  if (document.documentElement.scrollWidth > innerWidth)
    found.add(`the page is ${document.documentElement.scrollWidth} wide`);

  /** The nearest block around a text: its lines are that wide. */
  const blockOf = (each) => {
    let block = each;
    while (getComputedStyle(block).display === 'inline' && block !== page)
      block = block.parentElement;
    return block;
  };
  const texts = [];
  const walk = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walk.nextNode()) {
    const node = /** @type {Text} */ (walk.currentNode);
    const parent = node.parentElement;
    const skip = parent.closest(`.vh, svg, option, datalist, ${field}`);
    if (skip || !node.data.trim() || !parent.checkVisibility({ visibilityProperty: true }))
      continue;
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((each) => each.width > 1);
    const words = node.data.trim().slice(0, 30);
    for (const { left, right, top, bottom } of rects) {
      if (left < -1 || right > innerWidth + 1) found.add(`outside: ${words}`);
      for (let box = parent; box !== page; box = box.parentElement) {
        if (getComputedStyle(box).overflow === 'visible' || scrolls(box)) continue;
        const edge = box.getBoundingClientRect();
        if (top < edge.top - 2 || bottom > edge.bottom + 2 || right > edge.right + 2)
          found.add(`cut by ${name(box)}: ${words}`);
      }
    }
    const block = blockOf(parent);
    const style = getComputedStyle(block);
    const room =
      block.clientWidth -
      Number.parseFloat(style.paddingLeft) -
      Number.parseFloat(style.paddingRight);
    for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{N}]{2,}/gu)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const parts = [...range.getClientRects()];
      const width = parts.reduce((sum, each) => sum + each.width, 0);
      if (new Set(parts.map(({ top }) => Math.round(top))).size > 1 && width < room - 1)
        found.add(`broken: ${word}, ${Math.round(width)} of ${room}`);
    }
    let layer = parent;
    while (layer !== page && getComputedStyle(layer).position === 'static')
      layer = layer.parentElement;
    texts.push({ words, rects, layer });
  }
  /** A button in a corner of what a latecomer missed covers nothing on purpose. */
  const laid = ({ layer }) => layer.matches('aside *');
  for (const [i, a] of texts.entries())
    for (const b of texts.slice(i + 1).filter((b) => b.layer === a.layer || laid(a) || laid(b)))
      for (const one of a.rects)
        for (const two of b.rects) {
          const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left);
          const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
          // What lies above all else covers it on purpose. Lines of large type are set closer than their letters' boxes are high:
          // those of Noto Sans are 1.36 of its size.
          if (wide > 2 && high > Math.min(one.height, two.height) * 0.4)
            found.add(`over each other: ${a.words} | ${b.words}`);
        }
  for (const ring of page.querySelectorAll('.ring svg')) {
    const { left, top, width, height } = ring.getBoundingClientRect();
    for (const { words, rects } of texts.filter(({ layer }) => layer.closest('.ring')))
      for (const each of height ? rects : [])
        for (const [x, y] of [
          [each.left, each.top],
          [each.right, each.bottom],
        ])
          if (Math.hypot(x - left - width / 2, y - top - height / 2) > width * 0.46)
            found.add(`out of the ring: ${words}`);
  }
  for (const each of page.querySelectorAll('*'))
    if (
      each.checkVisibility() &&
      !each.closest(`.vh, svg, ${field}`) &&
      each.clientWidth &&
      each.scrollWidth > each.clientWidth + 1
    )
      found.add(`wider than its box: ${name(each)} ${each.scrollWidth} > ${each.clientWidth}`);
  return [...found];
}

for (const [name, fixture, locale] of Object.entries(phone).flatMap(([name, fixture]) => [
  /** @type {const} */ ([name, fixture, 'da']),
  /** @type {const} */ ([name, fixture, 'en']),
]))
  test(`large_text_is_whole_${name}_${locale}`, async () => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      reducedMotion: 'reduce',
    });
    const shown = await openPhone(context, { gen, fixture, locale });
    const { page } = shown;
    await play(shown, fixture);
    const devtools = await context.newCDPSession(page);
    const wrong = {};
    for (const { width, height, font } of locale === 'da' ? SIZES : SIZES.slice(0, 1)) {
      await devtools.send('Page.setFontSizes', { fontSizes: { standard: font, fixed: font } });
      await page.setViewportSize({ width, height });
      await settled(page);
      const all = await page.evaluate(faults);
      if (all.length) wrong[`${width} × ${height}, ${font} px`] = all;
    }
    assert.deepEqual(wrong, {});
    assert.deepEqual(shown.errors, []);
    await context.close();
  });
