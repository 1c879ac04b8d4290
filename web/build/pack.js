// pack.js -- gzip and brotli, as small as they get: made once for each build, sent a thousand times.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

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

/**
 * What browsers take over a connection that is secure: a tenth less than that.
 * @param {string} text
 */
export const packBrotli = (text) =>
  brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
    },
  });
