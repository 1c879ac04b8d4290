// A municipality's colour: whatever it is, what is written in it can be read.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { contrast, tonesOf, wear } from '../../web/shared/colour.js';

const tokens = readFileSync(new URL('../../web/shared/tokens.css', import.meta.url), 'utf8');
const [light, dark] = [
  tokens.slice(0, tokens.indexOf('@media')),
  tokens.slice(tokens.indexOf('@media')),
].map((css) => {
  const value = (name) =>
    css.match(new RegExp(`--${name}: (#\\w+)`))[1].replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
  return { surfaces: [value('paper'), value('card')], ink: value('ink') };
});

const readable = (colour) => {
  const tones = tonesOf(colour);
  for (const [{ accent, soft, on }, { surfaces, ink }] of [
    [tones.light, light],
    [tones.dark, dark],
  ]) {
    for (const surface of [...surfaces, soft])
      assert.ok(contrast(accent, surface) >= 4.5, `${colour}: ${accent} on ${surface}`);
    assert.ok(contrast(on, accent) >= 4.5, `${colour}: ${on} on ${accent}`);
    assert.ok(contrast(ink, soft) >= 4.5, `${colour}: ink on ${soft}`);
  }
};

test('contrast is that of WCAG', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21);
  assert.equal(contrast('#777777', '#777777'), 1);
  assert.ok(Math.abs(contrast('#767676', '#ffffff') - 4.54) < 0.01);
});

test('every colour there is, by steps, can be read by day and in the dark', () => {
  const steps = ['00', '33', '66', '99', 'cc', 'ff'];
  for (const r of steps) for (const g of steps) for (const b of steps) readable(`#${r}${g}${b}`);
});

test('a colour that can be read stays as it is', () => {
  assert.equal(tonesOf('#005a9c').light.accent, '#005a9c');
  assert.equal(tonesOf('#58c2b5').dark.accent, '#58c2b5');
});

test('what is no colour changes nothing', () => {
  for (const colour of [undefined, null, '', 'red', '#12', '#gggggg', 5, 'url(x)'])
    assert.equal(tonesOf(colour), null);
});

test('the page wears it, and goes with the device into the dark', () => {
  const set = new Map();
  let turn;
  const device = { matches: false, addEventListener: (name, does) => (turn = does) };
  wear('#005a9c', { setProperty: (name, value) => set.set(name, value) }, device);
  assert.equal(set.get('--accent'), '#005a9c');
  device.matches = true;
  turn();
  assert.ok(contrast(set.get('--accent'), '#10191d') >= 4.5);
});
