// c.js -- bytes and texts as C source.

/**
 * A string literal; trigraphs and digits after an escape are no trouble, for every odd byte is
 * three octal digits.
 */
export const cString = (text) =>
  `"${[...Buffer.from(text)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      if (char === '"' || char === '\\' || char === '?') return `\\${char}`;
      return byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, '0')}` : char;
    })
    .join('')}"`;

/** A static array of bytes. */
export function cArray(name, bytes) {
  const lines = [];
  for (let i = 0; i < bytes.length; i += 24)
    lines.push(`    ${[...bytes.subarray(i, i + 24)].join(', ')},`);
  return `static const unsigned char ${name}[] = {\n${lines.join('\n')}\n};`;
}
