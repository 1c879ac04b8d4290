// pack.js -- gzip, as small as it gets: made once for each build, sent a thousand times.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @param {string} text */
export const pack = (text) => gzipSync(text, { level: 9, memLevel: 9 });

/**
 * The same format by zopfli, which looks longer for what repeats: three or four percent, what a
 * page with a budget lives on.
 * @param {string} text
 */
export function packTightly(text) {
  const folder = mkdtempSync(join(tmpdir(), 'runde-pack-'));
  try {
    const file = join(folder, 'page');
    writeFileSync(file, text);
    return execFileSync('zopfli', ['--i30', '-c', file], { maxBuffer: 1 << 24 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
