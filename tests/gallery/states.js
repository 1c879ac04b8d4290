// states.js -- every state of every screen that the gallery shows. A new one is one line here, or a
// new fixture in tests/web/fixtures, which are all shown.
import { snapshots } from '../web/fixtures/board.js';
import { moments as consoleMoments } from '../web/fixtures/console.js';
import { moments as minutesMoments, openMinutes } from '../web/fixtures/minutes.js';
import { phone } from '../web/fixtures/phone.js';
import { moments as startMoments } from '../web/fixtures/start.js';
import { openBoard } from '../web/support/board.js';
import { openConsole, play as playConsole } from '../web/support/console.js';
import { openPhone, play as playPhone } from '../web/support/phone.js';
import { openStart } from '../web/support/start.js';

/**
 * A screen: its three sizes, whether the picture is of the whole page, and its states. `open(how,
 * state)` brings the page into that state and returns {page, errors}; `how` is {browser, gen,
 * locale, scheme, size}.
 */
const each = (names, state) =>
  Object.fromEntries(Object.keys(names).map((name) => [name, state(name)]));
const context = ({ browser, locale, scheme, size }, more = {}) =>
  browser.newContext({
    viewport: size,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale,
    timezoneId: 'Europe/Copenhagen',
    ...more,
  });

const openThePhone = async (how, fixture, more = {}) => {
  const shown = await openPhone(await context(how, { hasTouch: true }), {
    gen: how.gen,
    locale: how.locale,
    fixture,
    ...more,
  });
  await playPhone(shown, fixture);
  return shown;
};

const openTheConsole = async (how, moment, more = {}) => {
  const shown = await openConsole(await context(how), {
    gen: how.gen,
    locale: how.locale,
    moment,
    ...more,
  });
  await playConsole(shown, moment);
  return shown;
};

const openTheBoard = async ({ browser, gen, locale, scheme, size }, snapshot, more = {}) => {
  const it = await openBoard(browser, gen, { ...size, locale, colorScheme: scheme, ...more });
  if (more.refuse) it.wrong.length = 0; // The browser says aloud what the server said.
  if (!snapshot) return { page: it.page, errors: it.wrong };
  await it.ready();
  await it.show(snapshot);
  if (more.give) await it.give(more.give);
  return { page: it.page, errors: it.wrong };
};

const openTheMinutes = async (
  { browser, gen, locale, scheme, size },
  snapshot,
  { act = async () => {}, ...more } = {},
) => {
  const pages = `${gen}/pages`;
  const it = await openMinutes(browser, pages, {
    snapshot,
    locale,
    size,
    more: { colorScheme: scheme, reducedMotion: 'reduce' },
    ...more,
  });
  await it.page.locator('h1').first().waitFor();
  await act(it.page);
  return { page: it.page, errors: it.server.errors };
};

const openTheStart = async (how, moment) => {
  const shown = await openStart(await context(how), {
    gen: how.gen,
    locale: how.locale,
    ...moment,
  });
  if (moment.wait) await shown.page.locator(moment.wait).first().waitFor();
  await moment.act?.(shown.page);
  return shown;
};

const size = (width, height) => ({ width, height });

export const screens = {
  start: {
    sizes: [size(1440, 900), size(768, 1024), size(390, 844)],
    whole: true,
    states: each(startMoments, (name) => (how) => openTheStart(how, startMoments[name])),
  },
  phone: {
    sizes: [size(390, 844), size(320, 568), size(768, 1024)],
    whole: false,
    states: {
      ...each(phone, (name) => (how) => openThePhone(how, phone[name])),
      'waiting-forever': (how) =>
        openThePhone(how, { ...phone.turn, press: ['done'] }, { deaf: true }),
      'keeps-nothing': (how) =>
        openThePhone(
          how,
          {
            ...phone['join-alone'],
            snapshot: phone['reflection-empty'].snapshot,
            enter: 'Bo',
            lost: true,
            write: 'Legekasser',
          },
          { keeps: 'nothing' },
        ),
    },
  },
  console: {
    sizes: [size(1440, 900), size(1024, 768), size(390, 844)],
    whole: false,
    states: {
      ...each(consoleMoments, (name) => (how) => openTheConsole(how, consoleMoments[name]())),
      'borrowed-device': (how) => openTheConsole(how, consoleMoments.lobby(), { known: false }),
      'connection-lost': (how) => openTheConsole(how, { ...consoleMoments.turns(), lost: true }),
      'not-saving': (how) => openTheConsole(how, { ...consoleMoments.turns(), unsaved: true }),
    },
  },
  board: {
    sizes: [size(1920, 1080), size(1280, 720), size(1080, 1920)],
    whole: false,
    states: {
      ...each(snapshots, (name) => (how) => openTheBoard(how, snapshots[name])),
      connecting: (how) => openTheBoard(how, null),
      'not-saving': (how) => openTheBoard(how, snapshots.turns, { give: { saving: false } }),
      'not-saving-yet': (how) => openTheBoard(how, null, { saving: false }),
      'wrong-key': (how) => openTheBoard(how, null, { refuse: 'wrong_key' }),
    },
  },
  minutes: {
    sizes: [size(1440, 900), size(820, 1180), size(390, 844)],
    whole: true,
    states: {
      ...each(minutesMoments, (name) => (how) => openTheMinutes(how, minutesMoments[name]())),
      'closed-leader': (how) => openTheMinutes(how, minutesMoments.closed(), { role: 'leader' }),
      writing: (how) =>
        openTheMinutes(how, minutesMoments.turns(), {
          act: (page) =>
            page.locator('textarea').first().fill('De små mangler et sted, hvor de voksne er.'),
        }),
      print: (how) =>
        openTheMinutes(how, minutesMoments.closed(), {
          act: (page) => page.emulateMedia({ media: 'print' }),
        }),
    },
  },
};
