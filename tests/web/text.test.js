// Files as people choose them: which letters are in them, and which are no text at all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';

const { tableIn, textIn, textOf } = await import('../../web/shared/text.js');

const utf8 = (text) => new TextEncoder().encode(text);
/**
 * Windows-1252 where it is Latin-1. Node takes the two for one; the letters that they do not share
 * are tried in a browser, by console-page.test.js.
 */
const cp1252 = (text) => Uint8Array.from([...text], (c) => c.charCodeAt(0));
const utf16 = (text, little) => {
  const bytes = new Uint8Array(2 * text.length);
  [...Array(text.length).keys()].forEach((i) =>
    new DataView(bytes.buffer).setUint16(2 * i, text.charCodeAt(i), little),
  );
  return bytes;
};
const marked = (mark, bytes) => Uint8Array.from([...mark, ...bytes]);

const TABLE = 'Årgang;Andel\r\nPå mellemtrinnet;7,0 %\r\nØvrige ½ §;<5\r\n';

test('UTF-8, with its mark and without', () => {
  assert.equal(textOf(utf8(TABLE)), TABLE);
  assert.equal(textOf(marked([0xef, 0xbb, 0xbf], utf8(TABLE))), TABLE);
  assert.equal(textOf(utf8('🙂 𝒳')), '🙂 𝒳');
  assert.equal(textOf(utf8('')), '');
});

test('UTF-16 by its mark, either way round', () => {
  assert.equal(textOf(marked([0xff, 0xfe], utf16(TABLE, true))), TABLE);
  assert.equal(textOf(marked([0xfe, 0xff], utf16(TABLE, false))), TABLE);
  assert.equal(textOf(marked([0xff, 0xfe], utf16('🙂', true))), '🙂');
});

test('what is no UTF-8 is Windows-1252: æøå are not lost', () => {
  assert.equal(textOf(cp1252(TABLE)), TABLE);
  assert.equal(textOf(cp1252('æøåÆØÅéü´')), 'æøåÆØÅéü´');
  for (const letter of 'æøåÆØÅ') assert.equal(textOf(cp1252(letter)), letter);
});

test('a workbook, a picture, UTF-16 without its mark and broken texts are no text', () => {
  const zip = [0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00, 0x08, 0x00];
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00];
  const xls = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
  const pdf = [...utf8('%PDF-1.4\n'), 0x00, 0x01];
  for (const bytes of [zip, png, xls, pdf]) assert.equal(textOf(Uint8Array.from(bytes)), null);
  assert.equal(textOf(utf16(TABLE, true)), null);
  assert.equal(textOf(utf16(TABLE, false)), null);
  assert.equal(textOf(marked([0xff, 0xfe], [0x41])), null, 'half a letter');
  assert.equal(textOf(marked([0xff, 0xfe], utf16('\ud800', true))), null);
  assert.equal(textOf(marked([0xef, 0xbb, 0xbf], [0xe6, 0xf8])), null, 'a mark that is not true');
  for (const c of '\0\u0001\u0008\u001b\u007f') assert.equal(textOf(utf8(`a${c}b`)), null);
  assert.equal(textOf(utf8('a\tb\nc\rd\fe\vf')), 'a\tb\nc\rd\fe\vf');
});

const file = (...parts) =>
  new Blob(parts.map((each) => (Array.isArray(each) ? Uint8Array.from(each) : each)));

test('a file is read whole, and one that is far too large is not', async () => {
  assert.deepEqual(await textIn(file(cp1252(TABLE))), { text: TABLE });
  assert.deepEqual(await textIn(file('x'.repeat(1 << 22))), { text: 'x'.repeat(1 << 22) });
  assert.deepEqual(await textIn(file('x'.repeat((1 << 22) + 1))), { wrong: 'large' });
});

test('what is no table is called by what it is, whatever its name says', async () => {
  const kinds = [
    [file([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]), 'workbook'],
    [file([0x50, 0x4b, 0x03, 0x04], 'all of it letters'), 'workbook'],
    [file([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'workbook'],
    [file('%PDF-1.4 and nothing that is no letter'), 'pdf'],
    [file([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'picture'],
    [file([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10]), 'picture'],
    [file('GIF89a'), 'picture'],
    [file('RIFF', [1, 0, 0, 0], 'WEBP'), 'picture'],
    [file([0, 0, 0, 24], 'ftypheic'), 'picture'],
    [file(utf16(TABLE, true)), 'binary'],
    [file([1, 2, 3]), 'binary'],
    [file(), 'empty'],
    [file(' \n;'.slice(0, 2)), 'empty'],
  ];
  for (const [it, wrong] of kinds) assert.deepEqual(await tableIn(it), { wrong }, wrong);
  assert.deepEqual(await tableIn(file('PK;andel\n1;2')), { text: 'PK;andel\n1;2' });
});

test('a table that no frame holds is refused when it is chosen', async () => {
  const rows = (letter, n) => `${letter.repeat(n - 2)}\n1`;
  assert.ok((await tableIn(file(rows('a', 32768)))).text);
  assert.deepEqual(await tableIn(file(rows('a', 32769))), { wrong: 'long' });
  assert.deepEqual(await tableIn(file(rows('å', 32768))), { wrong: 'long' }, 'too many bytes');
  assert.ok((await tableIn(file(rows('å', 30000)))).text);
  assert.deepEqual(await tableIn(file(rows('"', 32768))), { wrong: 'long' }, 'each is two in JSON');
});
