// clock_file.js -- a file by which a server's clocks are moved: for --test-clock, and for wall_jump.c.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `set` says by how many ms in all, `move` by how many more. */
export function clockFile() {
  const folder = mkdtempSync(join(tmpdir(), 'runde-clock-'));
  const file = join(folder, 'clock');
  let shift = 0;
  const write = (flag) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(shift));
    writeFileSync(file, bytes, { flag }); // In one write: it is mapped by the server.
  };
  const set = (ms) => {
    shift = ms;
    write('r+');
  };
  write('w');
  return {
    file,
    set,
    move: (ms) => set(shift + ms),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}
