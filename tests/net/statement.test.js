/** statement.test.js -- what whoever runs a server owes to people in words: /privatliv, /tilgaengelighed. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { exchange, request, start } from '../support/rawhttp.js';
import { hasRunde, rundePath } from './server.js';

const skip = !hasRunde && 'there is no server';
const require = createRequire(new URL('../../web/package.json', import.meta.url));
const PAGES = ['/privatliv', '/tilgaengelighed'];

async function server(t, ...more) {
  const data = mkdtempSync(join(tmpdir(), 'runde-statement-'));
  const args = ['--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none', ...more];
  const it = await start(rundePath, ['serve', ...args]);
  t.after(() => it.kill().then(() => rmSync(data, { recursive: true, force: true })));
  return async (path, headers = {}) => {
    const answer = await exchange(it.port, request(it.port, `GET ${path}`, headers));
    return { ...answer, body: answer.body.toString() };
  };
}

test('they say who runs the server, whatever is in their name', { skip }, async (t) => {
  const get = await server(
    t,
    ...['--organisation', 'Nordby & <b>Søn</b>', '--contact', 'tlf. 12 34'],
    ...['--dpo', 'dpo@nordby.example', '--keep-days', '45', '--reviewed', '2026-05-09'],
  );
  for (const path of PAGES) {
    const { status, body } = await get(path);
    assert.equal(status, 200);
    assert.match(body, /<html lang="da">/);
    assert.match(body, /Nordby &amp; &lt;b&gt;Søn&lt;\/b&gt;/);
    assert.match(body, /tlf\. 12 34/);
    assert.doesNotMatch(body, /ikke udfyldt|<mark>|[{}]days|\{\w+\}<|\{organisation/);
  }
  const day = async (lang) => (await get(`/tilgaengelighed?lang=${lang}`)).body;
  assert.match(await day('da'), /<time datetime="2026-05-09">9\. maj 2026</);
  assert.match(await day('en'), /<time datetime="2026-05-09">9 May 2026</);
  const { body } = await get('/privatliv');
  assert.match(body, /dpo@nordby\.example/);
  assert.match(body, /slettes 45 dage efter/);
});

test('they say plainly what nobody has filled in', { skip }, async (t) => {
  const get = await server(t, '--contact', '', '--reviewed', '');
  const { body: access } = await get('/tilgaengelighed');
  assert.equal(access.match(/<mark>/g).length, 5, 'whose they are, three times; whom to ask; when');
  assert.doesNotMatch(access, /<time|20\d\d/, 'no day of our own');
  for (const path of PAGES) assert.match((await get(path)).body, /<mark>\(ikke udfyldt\)/);
  assert.match((await get('/privatliv?lang=en')).body, /\(not filled in\)/);
});

test('they are in the language that is asked for, and are good HTML', { skip }, async (t) => {
  const get = await server(t, '--organisation', 'Nordby Kommune');
  const { HtmlValidate } = require('html-validate');
  const validate = new HtmlValidate({ extends: ['html-validate:recommended'] });
  for (const path of PAGES) {
    assert.match((await get(path, { 'Accept-Language': 'en' })).body, /<html lang="en">/);
    assert.match((await get(`${path}?lang=da`, { 'Accept-Language': 'en' })).body, /lang="da">/);
    for (const lang of ['da', 'en']) {
      const { body } = await get(`${path}?lang=${lang}`);
      const { results } = await validate.validateString(body);
      const wrong = results.flatMap(({ messages }) => messages.map((each) => each.message));
      assert.deepEqual(wrong, [], path);
    }
  }
});

test('who joins is told whom to ask, in words that are only words', { skip }, async (t) => {
  const told = async (...args) => {
    const data = mkdtempSync(join(tmpdir(), 'runde-statement-'));
    const more = ['--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none', ...args];
    const it = await start(rundePath, ['serve', ...more]);
    t.after(() => it.kill().then(() => rmSync(data, { recursive: true, force: true })));
    const at = `http://127.0.0.1:${it.port}/api/meetings`;
    const made = await fetch(at, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ template: 'retrospektiv' }),
    });
    const { code } = await made.json();
    const door = await (await fetch(`${at}/${code}/door`)).json();
    assert.equal(door.contact, undefined, 'the first response has no room for it');
    return (await (await fetch(`${at}/${code}`)).json()).contact;
  };
  assert.equal(await told(), undefined);
  assert.equal(await told('--contact', ''), undefined);
  assert.equal(await told('--contact', 'skole@nordby.example'), 'skole@nordby.example');
  const long = `<b>\u202e"x"\u0007</b> ${'W'.repeat(600)}`;
  assert.equal(await told('--contact', long), `<b>"x"</b> ${'W'.repeat(600)}`);
});
