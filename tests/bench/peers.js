// peers.js -- `node tests/bench/peers.js ws|socket.io FILE`: rooms as others build them, for the same
// work as the server's. What has come meanwhile is appended to FILE and synced at once; then the
// senders get their answers and the room hears it, all of a batch in one message.
import { createServer } from 'node:http';
import { open } from 'node:fs/promises';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';

const [kind, path] = process.argv.slice(2);
const file = await open(path, 'a');
const rooms = new Map();
let waiting = [];
let storing = false;

const roomOf = (number) => {
  if (!rooms.has(number)) rooms.set(number, { number, facts: [], fresh: [], members: new Set() });
  return rooms.get(number);
};

async function store(tell) {
  storing = true;
  while (waiting.length > 0) {
    const batch = waiting;
    waiting = [];
    await file.appendFile(batch.map(({ fact }) => JSON.stringify(fact)).join('\n'));
    await file.datasync();
    for (const { client, id, room, fact } of batch) {
      client.say({ re: id, ok: true, seq: fact.seq });
      room.told = fact.seq;
      room.fresh.push(fact);
    }
    for (const room of new Set(batch.map(({ room }) => room))) {
      tell(room, { facts: room.fresh, seq: room.told });
      room.fresh = [];
    }
  }
  storing = false;
}

/** What a client says: first its room, then contributions. */
function take(client, frame, tell) {
  if (frame.hello) {
    client.room = roomOf(frame.hello.room);
    client.room.members.add(client);
    client.say({ snapshot: client.room.facts, seq: client.room.facts.length });
    return;
  }
  const { room } = client;
  const fact = { seq: room.facts.length + 1, text: frame.with.text };
  room.facts.push(fact);
  waiting.push({ client, id: frame.id, room, fact });
  if (!storing) store(tell);
}

const http = createServer();
if (kind === 'ws') {
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  const tell = (room, frame) => {
    const text = JSON.stringify(frame);
    for (const { socket } of room.members) socket.send(text);
  };
  server.on('connection', (socket) => {
    const client = { socket, say: (frame) => socket.send(JSON.stringify(frame)) };
    socket.on('message', (text) => take(client, JSON.parse(text), tell));
    socket.on('close', () => client.room?.members.delete(client));
  });
} else {
  const io = new Server(http, { perMessageDeflate: false, transports: ['websocket'] });
  const tell = (room, frame) => io.to(String(room.number)).emit('m', frame);
  io.on('connection', (socket) => {
    const client = { say: (frame) => socket.emit('m', frame) };
    socket.on('m', (frame) => {
      if (frame.hello) socket.join(String(frame.hello.room));
      take(client, frame, tell);
    });
    socket.on('disconnect', () => client.room?.members.delete(client));
  });
}
http.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  process.stderr.write(`listening http://127.0.0.1:${http.address().port}\n`),
);
