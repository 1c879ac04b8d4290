// stream.test.js -- a school's proxy that lets no WebSocket through: a whole meeting all the same.
import assert from 'node:assert/strict';
import { test } from '../support/chromium.js';
import { becomes } from '../support/soon.js';
import { begin, lead, stage, writeFor } from './stage.js';

const agenda = {
  title: 'Teammøde',
  items: [
    {
      no: 1,
      title: 'Frikvarter',
      minutes: 20,
      parts: [
        { id: '1a', method: 'turns', minutes: 10, questions: ['Hvad kan vi gøre?'] },
        { id: '1b', method: 'dialogue', minutes: 10 },
      ],
    },
  ],
};

test('a_meeting_goes_on_where_no_websocket_comes_through', { timeout: 900000 }, () =>
  stage(
    agenda,
    async ({ way, join, console_, board, written, picture }) => {
      const [mette, bo] = [await join('Mette'), await join('Bo')];
      await begin(console_);
      await lead(console_, 'Giv ordet til Mette', mette.getByText('du har ordet'));
      await writeFor(console_, 'Mette', 'Flere voksne ude');
      await board.getByText('Flere voksne ude').first().waitFor();
      await picture('stream', { mette, console_, board });
      const streams = way.asked().filter((path) => path.startsWith('/stream/'));
      assert.equal(streams.length, 4, 'console, board and two phones listen to one each');
      await mette.getByRole('button', { name: 'Giv ordet videre' }).click();
      await bo.getByText('du har ordet').waitFor();
      // The network goes and comes again: the same seat, by the same way.
      way.close();
      await bo.getByText('Ingen forbindelse').first().waitFor();
      way.open();
      await bo.getByText('Ingen forbindelse').first().waitFor({ state: 'detached' });
      await bo.getByRole('button', { name: 'Giv ordet videre' }).click();
      await lead(console_, 'Fri dialog', board.getByText('Fri dialog').first());
      await becomes(async () => /Flere voksne ude/.test(await written()), true);
    },
    { sockets: false },
  ),
);
