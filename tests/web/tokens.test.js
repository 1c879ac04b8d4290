// The visual language by its figures: contrast in both themes, steps of type and space, and nothing
// beside it.
import './support/hooks.js';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const { contrast, tonesOf } = await import('../../web/shared/colour.js');

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const css = readFileSync(join(web, 'shared/tokens.css'), 'utf8');
const [day, night] = css.split('@media (prefers-color-scheme: dark)');
const read = (text) =>
  Object.fromEntries(
    [...text.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]),
  );
const light = read(day);
const themes = { light, dark: { ...light, ...read(night) } };
const full = (hex) =>
  hex.length === 4 ? `#${[...hex.slice(1)].map((each) => each + each).join('')}` : hex;

/** What is read on what, and what is seen on what: WCAG 2.2, 1.4.3 and 1.4.11. */
const TEXT = [
  ...['paper', 'card'].flatMap((on) =>
    ['ink', 'ink-soft', 'accent', 'time-ink', 'note'].map((what) => [what, on]),
  ),
  ['ink', 'accent-soft'],
  ['ink', 'time-soft'],
  ['time-ink', 'time-soft'],
  ['ink', 'note-soft'],
  ['note', 'note-soft'],
  ['on-accent', 'accent'],
  ...['dusk', 'dusk-card'].flatMap((on) =>
    ['dusk-ink', 'dusk-soft', 'dusk-accent', 'dusk-note'].map((what) => [what, on]),
  ),
];
const SHAPE = [
  ...['paper', 'card'].flatMap((on) => ['edge', 'time', 'accent'].map((what) => [what, on])),
  ['accent', 'accent-soft'],
  ['time', 'time-soft'],
  ['dusk-edge', 'dusk'],
  ['dusk-edge', 'dusk-card'],
];

for (const [theme, colours] of Object.entries(themes)) {
  const of = (what, on) => contrast(full(colours[what]), full(colours[on]));
  test(`what is read has a contrast of 4.5, in the ${theme} theme`, () => {
    for (const [what, on] of TEXT)
      assert.ok(of(what, on) >= 4.5, `${what} on ${on}: ${of(what, on).toFixed(2)}`);
  });
  test(`what is seen has a contrast of 3, in the ${theme} theme`, () => {
    for (const [what, on] of SHAPE)
      assert.ok(of(what, on) >= 3, `${what} on ${on}: ${of(what, on).toFixed(2)}`);
  });
}

test('a municipality’s colour, whatever it is, is made readable on both themes’ paper', () => {
  for (const colour of [
    '#005a9c',
    '#ffd100',
    '#e30613',
    '#00a37a',
    '#111111',
    '#ffffff',
    '#8e44ad',
  ]) {
    const tones = tonesOf(colour);
    for (const [theme, colours] of Object.entries(themes)) {
      const { accent, soft, on } = tones[theme];
      for (const [what, under] of [
        [accent, colours.paper],
        [accent, colours.card],
        [on, accent],
        [colours.ink, soft],
      ])
        assert.ok(
          contrast(full(what), full(under)) >= 4.5,
          `${colour} ${theme}: ${what} on ${under}`,
        );
    }
  }
});

test('every name that a page uses is one of the language, or its own', () => {
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.css') && !file.includes('node_modules'),
  );
  // The board's sizes come from its script, by names put together there.
  for (const page of ['start', 'phone', 'console', 'minutes', 'chief']) {
    const mine = files
      .filter((file) => file.startsWith(`${page}/`))
      .map((file) => readFileSync(join(web, file), 'utf8'))
      .join('\n');
    const scripts = readdirSync(join(web, page), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(join(web, page, file), 'utf8'))
      .join('\n');
    const known = new Set([
      ...Object.keys(light),
      ...Object.keys(read(mine)),
      ...[...scripts.matchAll(/--([\w-]+)/g)].map(([, name]) => name),
    ]);
    const unknown = [
      ...new Set([...mine.matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name)),
    ].filter((name) => !known.has(name));
    assert.deepEqual(unknown, [], page);
  }
});

test('motion is named in one place, and stands still where it is not wanted', () => {
  for (const name of ['quick', 'calm']) assert.match(light[name], /^\d+ms ease/);
  assert.match(
    readFileSync(join(web, 'shared/base.css'), 'utf8'),
    /prefers-reduced-motion: reduce\) \{\s*\*,\s*::before,\s*::after \{\s*transition: none !important;\s*animation: none !important;/,
  );
});
