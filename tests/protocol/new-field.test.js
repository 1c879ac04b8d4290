// new-field.test.js -- a plain new field of a point costs the schema and the places that show it,
// nothing between: in a copy of the tree `content` gets a field, and nothing else is changed. The
// server takes it, keeps it over a restart and tells it, and the pages' state has it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Tree } from '../forgotten/tree.js';
import '../web/support/hooks.js';

const { applyFrame } = await import('../../web/shared/model.js');

const SCRIPT = `
agenda {"items":[{"no":1,"title":"Talk","minutes":30,"parts":[{"id":"a","method":"turns","minutes":30}]}]}
console c
board b
phone ana "Ana" "Teacher"
c > meeting.start
ana > contribution.add text="More grown-ups outside" mood=true -> p
b < contribution.added contribution=$p mood=true
b sees contributions.0.mood=true
ana > contribution.add text="No word on it"
b < contribution.added text="No word on it"
b sees contributions.1.text="No word on it"
b lacks contributions.1.mood
restart 1s
back b
b sees contributions.0.mood=true
`;

const home = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const copy = join(home, 'build/new-field');
const build = join(copy, 'build');
const log = join(copy, 'frames');

before(() => {
  const tree = new Tree(home, copy);
  const path = 'protocol/records/content.json';
  const record = JSON.parse(tree.read(path));
  record.fields.properties.mood = { type: 'boolean' };
  tree.change(path, JSON.stringify(record));

  const quick = ['-DRUNDE_PAGES=OFF', '-DCMAKE_BUILD_TYPE=Debug'];
  execFileSync('cmake', ['-S', copy, '-B', build, '-G', 'Ninja', ...quick], { stdio: 'pipe' });
  execFileSync('cmake', ['--build', build, '--target', 'meet'], { stdio: 'pipe' });
});

test('the server takes it, keeps it and tells it', () => {
  const script = join(copy, 'new-field.meet');
  writeFileSync(script, SCRIPT);
  rmSync(log, { force: true });
  execFileSync(join(build, 'meet'), ['--log', log, script], { cwd: copy, stdio: 'pipe' });
});

test('the state of a page has it', () => {
  const heard = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('< board '))
    .map((line) => JSON.parse(line.slice('< board '.length)));
  const begins = heard.findIndex((frame) => frame.snapshot);
  const told = heard.findIndex((frame) => frame.facts?.some((fact) => 'mood' in fact));
  assert.ok(begins >= 0 && told > begins);
  const state = heard.slice(begins, told + 1).reduce(applyFrame, null);
  assert.equal(state.contributions[0].mood, true);
});

test('its type is known to the checker of the pages', () => {
  const types = readFileSync(join(build, 'gen/protocol.d.ts'), 'utf8');
  assert.match(types, /interface Contribution \{[^}]*\bmood\?: boolean;/);
});
