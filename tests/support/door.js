// door.js -- a program that passes on whatever comes to one address to another one: HOST:PORT, or the path of a socket. It may
// stand in a network namespace whose addresses nobody else reaches.
//
//     node tests/support/door.js FROM TO
import { connect, createServer } from 'node:net';

const [from, to] = process.argv.slice(2).map((text) => {
  const [, host, port] = /^([\d.]+):(\d+)$/.exec(text) ?? [];
  return host ? { host, port: Number(port) } : { path: text };
});
createServer((near) => {
  const far = connect(to);
  for (const [socket, other] of [
    [near, far],
    [far, near],
  ]) {
    socket.setNoDelay?.(true);
    socket.on('error', () => {});
    socket.on('close', () => other.destroySoon());
  }
  near.pipe(far).pipe(near);
}).listen(from, () => console.log('open'));
