/**
 * peers.test.js -- clients that others have written go through a meeting: npm's ws, and websockets for
 * Python. Each offers compression, which is not agreed on, speaks in fragments, pings, and closes as RFC
 * 6455 has it. tests/README.md, rows 33, 36 and 37.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';

import { exchange, request } from '../support/rawhttp.js';
import { hasRunde, runde } from './server.js';

const { WebSocket } = createRequire(new URL('../../web/', import.meta.url))('ws');

const PYTHON = '/usr/bin/python3';
const hasPython = spawnSync(PYTHON, ['-c', 'import websockets']).status === 0;

/** The same talk by the other one; it ends with 0 where all was as it should be. */
const SCRIPT = `
import asyncio, json, sys, uuid, websockets

async def main(port, hello):
    url = f"ws://127.0.0.1:{port}/ws"
    async with websockets.connect(url, origin=f"http://127.0.0.1:{port}", subprotocols=["chat", "runde.v1"],
                                  compression="deflate", max_size=2 ** 22) as ws:
        assert ws.subprotocol == "runde.v1", ws.subprotocol
        assert ws.extensions == [], ws.extensions
        text = json.dumps({"hello": json.loads(hello)})
        await ws.send([text[:7], text[7:20], "", text[20:]])
        heard = {}
        while "snapshot" not in heard:
            heard.update(json.loads(await ws.recv()))
        assert heard["welcome"]["seat"] >= 1
        own = str(uuid.uuid4())
        await ws.send(json.dumps({"id": own, "do": "note.save", "with": {"note": str(uuid.uuid4()), "text": "æøå 😀"}}))
        while True:
            frame = json.loads(await ws.recv())
            if frame.get("re") == own:
                assert frame["ok"], frame
                break
        await (await ws.ping(b"x" * 125))
        await ws.send(b"\\x00\\x01")
        try:
            while True:
                await ws.recv()
        except websockets.ConnectionClosed as closed:
            assert closed.rcvd.code == 1003, closed

asyncio.run(main(*sys.argv[1:]))
`;

describe('other clients', { skip: !hasRunde && 'there is no server' }, () => {
  let server, code, key;
  before(async () => {
    server = await runde();
    const body = '{"template":"runde"}';
    const made = await exchange(
      server.port,
      request(server.port, 'POST /api/meetings', { 'Content-Length': `${body.length}` }, body),
    );
    const { code: of, links } = JSON.parse(made.body.toString());
    code = of;
    key = links.console.split('#')[1];
  });
  after(() => server.kill());

  /** npm's, with what it heard. */
  const open = (hello) =>
    new Promise((resolve, reject) => {
      const ws = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, ['chat', 'runde.v1'], {
        origin: `http://127.0.0.1:${server.port}`,
        perMessageDeflate: true,
      });
      const heard = [];
      const waiting = [];
      ws.on('message', (data, isBinary) => {
        assert.equal(isBinary, false);
        heard.push(JSON.parse(data.toString()));
        waiting.forEach((look) => look());
      });
      const until = (wanted) =>
        new Promise((done) => {
          const look = () => {
            const found = heard.find(wanted);
            if (found) done(found);
          };
          waiting.push(look);
          look();
        });
      ws.on('error', reject);
      ws.on('open', () => {
        const text = JSON.stringify({ hello });
        ws.send(text.slice(0, 5), { fin: false });
        ws.send(text.slice(5), { fin: true });
        resolve({ ws, until });
      });
    });

  test("33 36 npm's ws: fragments, a ping, a long frame, and a close that both agree on", async () => {
    const { ws, until } = await open({ as: 'console', meeting: code, key });
    assert.equal(ws.protocol, 'runde.v1');
    assert.equal(ws.extensions, '', 'no compression');
    await until((frame) => frame.snapshot);
    const ponged = new Promise((done) => ws.once('pong', (data) => done(data.toString())));
    ws.ping('x'.repeat(125));
    assert.equal(await ponged, 'x'.repeat(125));
    const csv = `Sted;Andel\n${'Skolegård;16\n'.repeat(2000)}`;
    const id = randomUUID();
    const figures = { title: 'Steder', kind: 'table', csv };
    ws.send(JSON.stringify({ id, do: 'data.put', with: figures }));
    assert.equal((await until((frame) => frame.re === id)).ok, true);
    const closed = new Promise((done) => ws.once('close', (status) => done(status)));
    ws.close(1000, 'på gensyn');
    assert.equal(await closed, 1000);
  });

  test("37 npm's ws: what is no text is closed, and one that is cut off is forgotten", async () => {
    const { ws, until } = await open({ as: 'phone', meeting: code, name: 'Mette' });
    await until((frame) => frame.snapshot);
    const closed = new Promise((done) => ws.once('close', (status) => done(status)));
    ws.send(Buffer.from([0, 1]), { binary: true });
    assert.equal(await closed, 1003);
    const other = await open({ as: 'phone', meeting: code, name: 'Bo' });
    await other.until((frame) => frame.snapshot);
    other.ws.terminate();
  });

  test(
    '33 36 37 websockets for Python',
    { skip: !hasPython && 'python3-websockets is not installed' },
    async () => {
      const hello = JSON.stringify({ as: 'phone', meeting: code, name: 'Ida' });
      const child = spawn(PYTHON, ['-c', SCRIPT, `${server.port}`, hello]);
      let said = '';
      child.stderr.on('data', (bytes) => (said += bytes));
      assert.equal(await new Promise((done) => child.on('close', done)), 0, said);
    },
  );
});
