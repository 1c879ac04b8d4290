// before.test.js -- what counts as an answer to what is asked before a meeting, and how it is told.
import './support/hooks.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';

const { answerWords, isAnswered, placed, unanswered } = await import('../../web/shared/before.js');

test('a yes is an answer once it says how it is dealt with; a no is one at once', () => {
  const asked = { yes_no: true };
  assert.equal(isAnswered(asked), false);
  assert.equal(isAnswered({ ...asked, text: 'Læsebånd' }), false);
  assert.equal(isAnswered({ ...asked, yes: false }), true);
  assert.equal(isAnswered({ ...asked, yes: true, text: '' }), false);
  assert.equal(isAnswered({ ...asked, yes: true, text: 'Læsebånd' }), true);
  assert.equal(isAnswered({ text: '' }), false);
  assert.equal(isAnswered({ text: 'Flere voksne' }), true);
  assert.equal(unanswered([asked, {}, { text: 'Flere' }]), 2);
});

test('an answer is told in words, and is known among the data by its question', () => {
  assert.equal(answerWords({ yes_no: true }), '');
  assert.equal(
    answerWords({ yes_no: true, yes: false, text: 'Gammelt' }),
    'Nej, intet at bemærke.',
  );
  assert.equal(
    answerWords({ yes_no: true, yes: true, text: 'Læsebånd' }),
    'Ja. Sådan håndterer vi det: Læsebånd',
  );
  assert.equal(answerWords({ text: 'Flere voksne' }), 'Flere voksne');
  /** @type {any[]} */
  const data = [
    { data: 'x', kind: 'table', title: 'Hvad?' },
    { data: 'y', kind: 'text', title: 'Hvad?' },
  ];
  assert.equal(placed({ data }, { ask: 'Hvad?' })?.data, 'y');
  assert.equal(placed({ data }, { ask: 'Hvorfor?' }), undefined);
});
