// embed.js -- puts the agenda templates into the binary: node embed.js OUT.c FILE…
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { cArray, cString } from './build/c.js';

const [out, ...files] = process.argv.slice(2);
const texts = files.sort().map((file) => ({
  name: basename(file, '.json'),
  bytes: Buffer.from(JSON.stringify(JSON.parse(readFileSync(file, 'utf8')))),
}));
const arrays = texts.map(({ bytes }, i) =>
  cArray(`json_${i}`, Buffer.concat([bytes, Buffer.from([0])])),
);
const rows = texts.map(
  ({ name }, i) => `    {${cString(name)}, (const char *)json_${i}, sizeof json_${i} - 1},`,
);
writeFileSync(
  out,
  `#include "app/app.h"\n\n${arrays.join('\n')}\n\nconst struct app_template templates[] = {\n${rows.join('\n')}\n    {NULL, NULL, 0},\n};\n`,
);
