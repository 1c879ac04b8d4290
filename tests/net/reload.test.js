// reload.test.js -- SIGHUP: the settings of file and environment are read anew. What can change does, for those who are
// connected as well; what only a start can change is named; a file that is wrong changes nothing.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { exchange, request } from '../support/rawhttp.js';
import { soon } from '../support/soon.js';
import { join } from './client.js';
import { hasRunde, runde } from './server.js';

const folder = mkdtempSync(path(tmpdir(), 'runde-reload-'));
const file = path(folder, 'runde.ini');
after(() => rmSync(folder, { recursive: true, force: true }));

describe('SIGHUP', { skip: !hasRunde && 'there is no server' }, () => {
  let server;
  before(async () => {
    writeFileSync(file, 'contact = Ane\n');
    server = await runde('--config', file);
  });
  after(() => server.kill());

  /** Reads `text` as settings; what was said then, in one line. */
  const reload = async (text, said) => {
    writeFileSync(file, text);
    const from = server.log().length;
    server.process.kill('SIGHUP');
    await soon(() => assert.match(server.log().slice(from), said));
    const lines = server.log().slice(from).trimEnd().split('\n');
    assert.equal(lines.length, 1, lines.join('\n'));
    return lines[0];
  };
  const page = async (at) =>
    (await exchange(server.port, request(server.port, `GET ${at}`))).body.toString();
  const post = (body, more = {}) =>
    exchange(
      server.port,
      request(
        server.port,
        'POST /api/meetings',
        { 'Content-Length': `${body.length}`, ...more },
        body,
      ),
    );
  const make = async () => JSON.parse((await post('{"template":"runde"}')).body.toString());

  test('what is told about the server changes', async () => {
    assert.match(await page('/privatliv'), /Ane/);
    await reload(
      'contact = Bodil\nkeep-days = 7\n',
      /info settings\.reloaded changed=keep-days,contact restart_for=-$/m,
    );
    const words = await page('/privatliv');
    assert.match(words, /Bodil/);
    assert.doesNotMatch(words, /Ane/);
    assert.match(words, /\b7 dage/);
    await reload('contact = Bodil\nkeep-days = 7\n', /changed=- restart_for=-$/m);
    await reload('', /changed=keep-days,contact restart_for=-$/m);
    assert.match(await page('/privatliv'), /\b30 dage/);
  });

  test('who is connected stays, under another rate and log', async () => {
    const { code } = await make();
    const phone = await join(server.port, { meeting: code, as: 'phone', name: 'Solvej' });
    await phone.hear('welcome');
    await reload('rate = 1\nlog = warn\n', /^$/m).catch(() => {}); // It says nothing: that is its new log.
    await soon(async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => phone.send('meeting.start')),
      );
      assert.ok(
        answers.some((answer) => answer.refused?.code === 'too_fast' || answer.code === 'too_fast'),
        JSON.stringify(answers[0]),
      );
    });
    phone.leave();
  });

  test('colour and network are told to whoever comes', async () => {
    await reload('colour = #005a9c\nwifi-name = Gæst\n', /changed=rate,colour,wifi-name,log/m);
    const { code, links } = await make();
    const board = await join(server.port, {
      meeting: code,
      as: 'board',
      key: links.board.split('#')[1],
    });
    const { welcome } = await board.hear('welcome');
    assert.equal(welcome.colour, '#005a9c');
    assert.ok(welcome.wifi);
    board.leave();
  });

  test('meetings may be made with a key alone, and the key is read anew', async () => {
    await reload('create = key\n', /changed=create,colour,wifi-name/m);
    assert.equal((await post('{"template":"runde"}')).status, 401);
    const at = path(server.data, 'create.key');
    const key = readFileSync(at, 'utf8');
    const with_key = (of) => post('{"template":"runde"}', { Authorization: `Bearer ${of}` });
    assert.equal((await with_key(key)).status, 201);
    const other = [...key].reverse().join('');
    writeFileSync(at, other);
    await reload('create = key\n', /changed=-/m);
    assert.equal((await with_key(key)).status, 401);
    assert.equal((await with_key(other)).status, 201);
    writeFileSync(at, 'short');
    await reload('create = key\n', /settings\.kept wrong=".*create\.key: is not a key"/m);
    assert.equal((await with_key(other)).status, 201);
    await reload('', /changed=create/m);
    assert.equal((await post('{"template":"runde"}')).status, 201);
  });

  test('what only a start can change is named, and stays', async () => {
    const line =
      /warn settings\.reloaded changed=contact restart_for=base-url,tls-cert,tls-key,metrics$/m;
    const text =
      'base-url = https://other.example\nmetrics = 127.0.0.1:0\ntls-cert = /x\ntls-key = /y\ncontact = her\n' +
      'listen = 127.0.0.1:1\n'; // The flag comes before the file.
    await reload(text, line);
    await reload(text, /changed=- restart_for=base-url,tls-cert,tls-key,metrics$/m);
    assert.match(await page('/privatliv'), /her/);
    assert.match((await make()).links.board, new RegExp(`^http://127\\.0\\.0\\.1:${server.port}/`));
  });

  test('a file that is wrong changes nothing, and one line says why', async () => {
    await reload('contact = god\n', /changed=contact/m);
    for (const [text, why] of [
      ['contact = dårlig\nrate = mange\n', /--rate must be a number from 0 to 1000000, not mange/],
      ['contact = dårlig\nlisen = x\n', /the file has an unknown setting: lisen/],
      ['contact = dårlig\nlinje\n', /runde\.ini: line 2 is not a setting/],
      ['contact = dårlig\ntrust-proxy = x\n', /--trust-proxy: must be addresses/],
      ['contact = dårlig\ntls-key = x\n', /--tls-cert: is missing/],
      ['contact = dårlig\ncolour = red\n', /--colour: is written like/],
      ['contact = dårlig\nlog = loud\n', /--log: error, warn/],
    ]) {
      const line = await reload(text, /settings\.kept/);
      assert.match(line, /error settings\.kept wrong="/);
      assert.match(line, why);
    }
    rmSync(file);
    server.process.kill('SIGHUP');
    await soon(() =>
      assert.match(server.log(), /settings\.kept wrong=".*runde\.ini cannot be read: No such file/),
    );
    assert.match(await page('/privatliv'), /god/);
  });

  test('who comes by a proxy is believed from then on', async () => {
    // A private address is near and may make meetings; another may not.
    const from = { 'X-Forwarded-For': '8.8.8.8' };
    assert.equal((await post('{"template":"runde"}', from)).status, 201);
    await reload('trust-proxy = 127.0.0.1\n', /changed=contact,trust-proxy/m);
    assert.equal((await post('{"template":"runde"}', from)).status, 403);
  });
});
