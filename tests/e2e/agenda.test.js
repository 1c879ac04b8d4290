// agenda.test.js -- the real agenda, verbatim questions and all, posted whole and led to its end:
// in virtual time and against the daemon. Says that it was skipped where the agenda is not there:
// it is data beside the project, not in it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const source = process.env.RUNDE_AGENDA ?? join(root, '../shared/agenda.json');

const methods = {
  welcome: 'talk',
  presentation_round: 'turns',
  framing: 'talk',
  presentation: 'talk',
  round: 'turns',
  individual_reflection: 'reflection',
  turn_round: 'turns',
  spiral: 'spiral',
  free_dialogue: 'dialogue',
  summary: 'summary',
  decision_discussion: 'decision',
  meta_round: 'retrospect',
  closing: 'talk',
};

const given = (fields) =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
const flat = (questions) =>
  questions.flatMap((each) => (typeof each === 'string' ? [each] : [each.q, ...each.sub]));

/** The agenda in our own form; no word of it is changed. */
const agendaOf = (doc) => ({
  title: doc.doc,
  locale: 'da',
  items: doc.items.map((item) =>
    given({
      no: item.no,
      title: item.title,
      minutes: item.min,
      goal: item.goal,
      responsible: item.resp,
      bank:
        item.parts.concat(item).find((each) => each.bank) &&
        Object.entries(item.bank ?? {}).map(([title, questions]) => ({
          title,
          questions: flat(questions),
        })),
      parts: item.parts.map((part) =>
        given({
          id: part.id,
          method: methods[part.method],
          text: part.text && [part.text].flat().join('\n'),
          lead: part.lead,
          questions: part.q,
          minutes: part.min,
          optional: part.optional,
          shares: part.method === 'spiral' ? part.within.replace('?', '') : undefined,
          intro: part.method === 'presentation_round' ? true : undefined,
        }),
      ),
    }),
  ),
});

test(
  'the real agenda runs',
  { skip: existsSync(source) ? false : 'skipped: the agenda is not beside the project' },
  () => {
    const doc = JSON.parse(readFileSync(source, 'utf8'));
    const agenda = agendaOf(doc);
    const parts = agenda.items.flatMap((item) => item.parts).filter((part) => !part.optional);
    const folder = mkdtempSync(join(tmpdir(), 'runde-agenda-'));
    const script = join(folder, 'agenda.meet');
    const question = agenda.items[3].parts[0].questions[0];
    const lines = [
      `agenda ${JSON.stringify(agenda)}`,
      'console c',
      'board b',
      'phone ana "Ana" "Skoleleder"',
      `b sees items.3.parts.0.questions.0=${JSON.stringify(question)}`,
      'b sees items.3.minutes=45',
      'c > meeting.start',
      ...parts
        .slice(1)
        .flatMap((part, i) => [
          `c > part.next from=${parts[i].id}`,
          `b < part.began part=${part.id}`,
        ]),
      'c > part.next ! no_next_part',
      'c > meeting.close',
      'b < meeting.closed',
    ];
    writeFileSync(script, lines.join('\n') + '\n');
    assert.equal(
      doc.sum_min,
      agenda.items.reduce((sum, item) => sum + item.minutes, 0),
    );
    const meet = join(root, 'build/meet');
    assert.match(execFileSync(meet, [script], { cwd: root, encoding: 'utf8' }), /^ok /);
    assert.match(
      execFileSync(meet, ['--live', join(root, 'build/runde'), folder, script], {
        cwd: root,
        encoding: 'utf8',
      }),
      /^ok /,
    );
    rmSync(folder, { recursive: true, force: true });
  },
);
