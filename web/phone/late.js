// late.js -- what the phone needs later, or never: a script of its own, fetched when the first screen stands. It finds what
// the page has already in globalThis.runde (see main.js), and is handed the desk that main.js works at.
import { date, t } from '../shared/i18n.js';
import { serverNow, wallOf } from '../shared/clock.js';
import { uuid } from '../shared/link.js';
import { closed } from './closed.js';
import decision from './method/decision.js';
import dialogue from './method/dialogue.js';
import retrospect from './method/retrospect.js';
import { extra } from './method/spiral.js';
import summary from './method/summary.js';
import { align } from './align.js';
import { partOf } from '../shared/model.js';
import { fromServer, keyOf, lines } from './notes.js';
import { refused, spoken, strip } from './aside.js';
import { more } from './more.js';
import { outbox } from './outbox.js';
import { share } from './points.js';
import { ring, writers } from './table.js';
import css from './late.css';

const boxes = ['missing', 'worked_well', 'adjust', 'carry_forward'];
const toggled = (list, value) => (list.includes(value) ? list.filter((each) => each !== value) : [...list, value]);

function keepFile(name, text, type) {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(new Blob([text], { type }));
  anchor.download = name;
  anchor.click();
}

/** An all-day event (RFC 5545), on the task's day. */
function calendarOf({ text, due }) {
  const stamp = new Date(wallOf(serverNow())).toISOString().replace(/[-:]|\.\d+/g, '');
  const plain = text.replace(/[\\,;]/g, '\\$&').replace(/\s+/g, ' ');
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Runde//EN', 'BEGIN:VEVENT', `UID:${uuid()}`, `DTSTAMP:${stamp}`];
  lines.push(`DTSTART;VALUE=DATE:${due.replaceAll('-', '')}`, `SUMMARY:${plain}`, 'END:VEVENT', 'END:VCALENDAR', '');
  return lines.join('\r\n');
}

/** Why something was not done, in words. */
const why = (code) =>
  ({
    replaced: t('phone.no_replaced'),
    wrong_key: t('phone.no_wrong_key'),
    ended: t('phone.no_wrong_key'),
    seat_taken: t('phone.no_seat_taken'),
    door_closed: t('phone.no_door_closed'),
    not_let_in: t('phone.no_not_let_in'),
    full: t('phone.no_full'),
    closed: t('phone.no_closed'),
    paused: t('phone.no_paused'),
    already_last: t('phone.no_already_last'),
  })[code] ?? t('phone.no_other');

let wakeLock = null;

/** Where the browser can: the screen stays on while one speaks. */
async function stayAwake(on) {
  try {
    if (on) wakeLock = await navigator.wakeLock?.request('screen');
    else await wakeLock?.release();
  } catch {
    // It may sleep, then.
  }
}

function addStyle() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** @param {any} desk  {ui, kept, save, mine, draft, draw, sent, press, turn, link, state} */
globalThis.runde.late = (desk) => {
  const { ui, kept, save } = desk;
  const outgoing = outbox({ kept, save, send: (...command) => desk.link.send(...command), changed: desk.draw, newId: uuid });
  const send = outgoing.add;
  const textKey = (slot) => `${ui.seat}:${desk.state.now.part}:${slot}`;
  /** Another phone may have held the seat: the server's notes are the truth where nothing of ours is on its way. */
  function reconcile(key) {
    const it = kept.drafts[key];
    const theirs = fromServer(desk.state, key);
    const waits = it.notes.some((note) => desk.mine.has(note.id));
    const same = theirs.notes.length === it.notes.length && theirs.notes.every((note, i) => note.text === it.notes[i].text);
    if (desk.sent(it) && !waits && !same && desk.state.now.state !== 'closed') kept.drafts[key] = theirs;
  }

  /** Notes are sent when the writer pauses, each under its own id. */
  function sendNotes() {
    const it = desk.draft();
    const { notes, changed } = align(it.notes, lines(it.text), uuid);
    const { part } = desk.state.now;
    it.notes = notes;
    for (const { id, text } of changed) {
      desk.mine.add(id);
      send('note.save', { note: id, text, seat: ui.seat, ...(part ? { part } : {}) });
    }
    save();
    desk.draw();
  }

  /** What was written before this script came, or before the page was last left. */
  function catchUp() {
    Object.keys(kept.drafts).forEach(reconcile);
    outgoing.flush();
    if (!desk.sent(desk.draft())) sendNotes();
  }

  addEventListener('pagehide', () => desk.state && !ui.screen && !desk.sent(desk.draft()) && sendNotes());
  addStyle();
  const builds = () => (ui.builds.length ? { builds_on: ui.builds } : {});
  return {
    closed,
    extra,
    more,
    refused,
    ring,
    sendNotes,
    share,
    spoken,
    stayAwake,
    strip,
    catchUp,
    why,
    writers,
    methods: { decision, dialogue, retrospect, summary },
    acts: {
      more: () => desk.turn('more'),
      later: () => desk.turn('later', t('phone.say_later')),
      pass: () => desk.turn('pass', t('phone.say_pass')),
      hand: () => desk.press(desk.state.now.hands.includes(ui.seat) ? 'hand.lower' : 'hand.raise', { seat: ui.seat }),
      ready: () => desk.press('ready.set', { ready: !desk.state.ready.includes(ui.seat), seat: ui.seat }),
      write: () => (ui.writing = true),
      seat(n) {
        sendNotes();
        ui.seat = +n;
      },
      edit: (id) => (ui.edit = id),
      caught_up: () => (ui.newcomer = false),
      keep: () => Object.assign(ui, { asked: false, picked: [] }),
      share() {
        sendNotes();
        const wanted = ui.notes.filter((note) => !note.shown && (!ui.picked.length || ui.picked.includes(note.id)));
        for (const { id } of wanted) send('note.share', { note: id, ...builds() });
        Object.assign(ui, { asked: false, picked: [], builds: [] });
      },
      withdraw(id) {
        send('contribution.withdraw', { contribution: id });
        ui.edit = '';
      },
      forget(i) {
        kept.refused.splice(i, 1);
        save();
      },
      calendar: (json) => keepFile(`${t('phone.task_file')}.ics`, calendarOf(JSON.parse(json)), 'text/calendar'),
      fetch() {
        const keys = new Set([...Object.keys(kept.drafts), ...desk.state.notes.map((note) => keyOf(note.seat, partOf(desk.state, note.part)))]);
        const notes = [...keys].map((key) => (kept.drafts[key] ?? fromServer(desk.state, key)).text).filter(Boolean);
        const head = `${desk.state.meeting.title}\n${date(wallOf(serverNow()))}`;
        keepFile(`${t('phone.notes_file')}.txt`, [head, ...notes, ''].join('\n\n'), 'text/plain');
      },
    },
    forms: {
      add(data, slot) {
        const key = textKey(slot);
        const text = ui.texts[key]?.trim();
        if (!text) return;
        const place = slot ? { [boxes.includes(slot) ? 'box' : 'answer']: slot } : {};
        send('contribution.add', { text, seat: ui.seat, part: desk.state.now.part, ...place, ...builds() });
        delete ui.texts[key];
        ui.builds = [];
        save();
      },
      mend(data, id) {
        const text = data.get('text').trim();
        if (text) send('contribution.edit', { contribution: id, text });
        ui.edit = '';
      },
    },
    inputs: {
      text({ value, dataset }) {
        ui.texts[textKey(dataset.slot)] = value;
        save();
      },
      pick: ({ value }) => (ui.picked = toggled(ui.picked, value)),
      builds: ({ value }) => (ui.builds = toggled(ui.builds, value)),
    },
  };
};
