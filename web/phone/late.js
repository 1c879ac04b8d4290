// late.js -- what the phone needs later, or never: its second script, fetched when the first screen
// stands. It is handed the desk that main.js works at.
import { html, nothing } from 'lit-html';
import { styles, views } from 'runde:method/late';
import { enums } from 'runde:protocol';
import * as traits from 'runde:traits';
import { t } from '../shared/i18n.js';
import { guess, serverNow, wallOf } from '../shared/clock.js';
import { uuid } from '../shared/link.js';
import { closed } from './closed.js';
import { connect } from './connect.js';
import { align } from './align.js';
import { presenter } from '../shared/duty.js';
import { tonesOf, wear } from '../shared/colour.js';
import { fetchMinutes, fileName } from '../shared/download.js';
import { feed } from '../shared/feed.js';
import { folds, partOf } from '../shared/model.js';
import { apart } from '../shared/names.js';
import { ofList } from '../shared/once.js';
import { put as into, said } from '../shared/folding.js';
import { clean } from '../shared/clean.js';
import { placeIn } from '../shared/code.js';
import { grow } from '../shared/grow.js';
import { outbox } from '../shared/outbox.js';
import { voices } from '../shared/schedule.js';
import { keepPage } from '../shared/shell.js';
import { useZone } from '../shared/zone.js';
import { folds as ofMinutes } from '../shared/standing.js';
import { addStyle } from '../shared/style.js';
import { whenTablesCome } from '../shared/tables.js';
import { filled } from '../shared/when.js';
import { drawer, notes } from './notepad.js';
import { fromServer, keyOf, lines } from './notes.js';
import { broughtTo, head, lobby, opening } from './agenda.js';
import { hints } from './hint.js';
import { answering, excused, offer } from './answering.js';
import { carets, keepCaret, writeIn } from './caret.js';
import { gone, isGone } from './going.js';
import { joint } from './joint.js';
import { arrival, teller } from './arrival.js';
import { leftOver, refused, strip } from './aside.js';
import { more } from './more.js';
import { forgetSent, isPast, ownText } from './own.js';
import { button, nameOf } from './pieces.js';
import { alone, isOpen, whose, writers } from './sharing.js';
import { heed, heedOf } from './heed.js';
import { points, share, unshare } from './points.js';
import { readiness } from './receipt.js';
import { seen } from './seen.js';
import { speech } from './speech.js';
import { asks, earlier, lapHead, ring, shownAs } from './table.js';
import { stayAwake } from './awake.js';
import { beside, way } from './ways.js';
import about from './about-late.css';
import css from './late.css';
import direction from '../shared/direction.css';
import fields from '../shared/fields.css';
import sizes from './sizes-late.css';
import quiet from './quiet-late.css';

/** How long after the last letter a note is sent. It is kept on the phone with each letter. */
const PAUSE = 800;
/** How long, once it is over, from one look at the minutes to the next: up to twice that, for many look. */
const AFTERWARDS = 5000;
/** How long what was shown can be taken back by one press. */
const UNDO = 10000;
/** How long the words to say instead of a press stand after the connection has come back. */
const SAID = 8000;

/** How the minutes stand and what was carried over are told here alone: the first screen shows neither. */
Object.assign(folds, ofMinutes);
folds['carried.came'] = (s, f) => ({
  carried: into(broughtTo(s), 'id', said(f)),
  meeting: { ...s.meeting, carried: undefined },
});

const toldApart = ofList(apart);

const toggled = (list, value) =>
  list.includes(value) ? list.filter((each) => each !== value) : [...list, value];

/** Over plain HTTP browsers have no clipboard to write to. */
function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.body.appendChild(
    Object.assign(document.createElement('textarea'), { value: text }),
  );
  field.select();
  document.execCommand('copy');
  field.remove();
}

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
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Runde//EN',
    'BEGIN:VEVENT',
    `UID:${uuid()}`,
    `DTSTAMP:${stamp}`,
  ];
  lines.push(
    `DTSTART;VALUE=DATE:${due.replaceAll('-', '')}`,
    `SUMMARY:${plain}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  );
  return lines.join('\r\n');
}

/** Why something was not done, in words. */
const why = (code) =>
  ({
    replaced: t('phone.no_replaced'),
    erased: t('phone.no_erased'),
    damaged: t('phone.no_damaged'),
    no_such_meeting: t('phone.no_such_meeting'),
    out: t('phone.out'),
    asked: t('phone.out_asked'),
    wrong_key: t('phone.no_wrong_key'),
    ended: t('phone.no_wrong_key'),
    seat_taken: t('phone.no_seat_taken'),
    door_closed: t('phone.no_door_closed'),
    not_let_in: t('phone.no_not_let_in'),
    full: t('refusal.full'),
    closed: t('refusal.closed'),
    over: t('phone.no_over'),
    paused: t('phone.no_paused'),
    already_last: t('phone.no_already_last'),
    part_over: t('refusal.part_over'),
    not_approved: t('phone.no_not_approved'),
    no_such_contribution: t('refusal.no_such_contribution'),
    list_closed: t('refusal.list_closed'),
    already_shown: t('refusal.already_shown'),
    too_fast: t('refusal.too_fast'),
    too_large: t('refusal.too_large'),
    busy: t('refusal.busy'),
    not_saved: t('refusal.not_saved'),
    offline: t('phone.no_offline'),
  })[code] ?? t('phone.no_other');

/** The browser's own bar takes the screen's colour: green when the floor is mine. */
function paintBar() {
  const meta =
    document.querySelector('meta[name=theme-color]') ??
    document.head.appendChild(
      Object.assign(document.createElement('meta'), { name: 'theme-color' }),
    );
  const top = document.querySelector('.flood') ?? document.querySelector('.floor, .page');
  if (top) meta.setAttribute('content', getComputedStyle(top).backgroundColor);
}

/** The colour of the place that runs the server, also while another speaks. */
function wearColour(colour) {
  const tones = tonesOf(colour);
  if (!tones) return;
  wear(colour, document.documentElement.style, matchMedia('(prefers-color-scheme: dark)'));
  addStyle(`.dusk{--accent:${tones.dusk.accent};--on-accent:${tones.dusk.on}}`);
}

/** While I speak, what I show of my notes stands above already. */
const stands = ({ ui, state }, id) =>
  ui.seats.includes(state.now.speaker) && state.notes.some((note) => note.contribution === id);

/** Another phone had the seat before: what was written there is not lost, only not here. */
const elsewhere = ({ state, seat, t }) =>
  state.elsewhere?.includes(seat)
    ? html`<p class="small">${t('phone.notes_elsewhere')}</p>`
    : nothing;

/** How the phone connects where a WebSocket is blocked (shared/link.js). */
export { way } from '../shared/stream.js';

/** @param {any} desk  {ui, kept, save, mine, draft, draw, sent, press, turn, link, state} */
export const late = (desk) => {
  whenTablesCome(() => desk.draw());
  const { ui, kept, save } = desk;
  kept.typed ??= {};
  const outgoing = outbox({
    kept,
    save,
    send: (...command) => desk.link.send(...command),
    changed: desk.draw,
    newId: uuid,
  });
  const send = outgoing.add;
  const jointTexts = () =>
    Object.values(views).flatMap((view) => view.texts?.(desk.state, ui.seats) ?? []);
  const shared = joint({
    kept: (kept.joint ??= {}),
    save,
    texts: jointTexts,
    seq: () => desk.state.seq,
    send: (...command) => desk.link.send(...command),
    refused: (entry) => kept.refused.push(entry),
    changed: desk.draw,
    newId: uuid,
  });
  const last = seen(location.pathname.split('/')[2].toUpperCase().replace('-', ''), kept);
  /** The minutes of a meeting that is over, which may still be written in. A phone's token is good for them. */
  ui.feed = feed({
    code: location.pathname.split('/')[2],
    key: () => kept.seats.find((each) => each.token)?.token,
    pace: AFTERWARDS * (1 + Math.random()),
    changed() {
      if (desk.state) last.keep(desk.state, ui.feed.minutes);
      desk.draw();
    },
  });
  /** Without a connection there is what was here last. */
  async function recall() {
    if (ui.status !== 'lost' || desk.state || !kept.seats.length) return;
    const it = await last.read();
    if (!it || ui.status !== 'lost' || desk.state) return;
    useZone(it.state.meeting.zone);
    guess(it.now + Date.now() - it.at, Date.now());
    ui.feed.minutes = it.minutes;
    desk.state = { ...it.state, seen: it.at };
  }
  const textKey = (slot) => `${ui.seat}:${desk.state.now.part}:${slot}`;
  const drop = (key) => {
    delete ui.texts[key];
    save();
  };
  /** Puts what stands in a field on the board. key: see textKey */
  function put(key) {
    const text = clean(ui.texts[key] ?? '');
    if (!text) return;
    const [seat, part, slot] = key.split(':');
    const place = slot ? { [enums.box.includes(slot) ? 'box' : 'answer']: slot } : {};
    send('contribution.add', {
      text,
      seat: +seat,
      part,
      ...place,
      ...(part === desk.state.now.part ? builds() : {}),
    });
    drop(key);
  }
  /**
   * Another phone may have held the seat: the server's notes are the truth where nothing of ours is
   * on its way.
   */
  function reconcile(key) {
    const it = kept.drafts[key];
    const theirs = fromServer(desk.state, key);
    const waits = it.notes.some((note) => desk.mine.has(note.id));
    const same =
      theirs.notes.length === it.notes.length &&
      theirs.notes.every((note, i) => note.text === it.notes[i].text);
    if (desk.sent(it) && !waits && !same && desk.state.now.state !== 'closed')
      kept.drafts[key] = theirs;
  }

  /** Where a note of this item belongs: with what runs now, if that is of the same. */
  const partFor = (no) => {
    const { items, now } = desk.state;
    const item = items.find((each) => `${each.no}` === no);
    return item?.parts.some(({ id }) => id === now.part) ? now.part : item?.parts[0].id;
  };

  /**
   * Notes are sent when the writer pauses, each under its own id; also those of the seat or item
   * that was left meanwhile.
   */
  function sendNotes() {
    for (const [key, it] of Object.entries(kept.drafts)) {
      const [seat, no] = key.split(':');
      if (desk.sent(it) || !ui.seats.includes(+seat) || desk.state.now.state === 'closed') continue;
      const { notes, changed } = align(it.notes, lines(it.text), uuid);
      const part = partFor(no);
      it.notes = notes;
      for (const { id, text } of changed) {
        desk.mine.add(id);
        send('note.save', { note: id, text, seat: +seat, ...(part ? { part } : {}) });
      }
    }
    save();
    desk.draw();
  }

  /** What the page of one's own points is drawn from, beside the rest. */
  const withOwn = (c) => ({ ...c, out: kept.out, typed: kept.typed });
  /** Opens what can be done about a point of this phone's. */
  function openOwn(what, id) {
    ui.own = { what, id };
    desk.draw();
    writeIn(document.querySelector('.own textarea'));
    /** @type {HTMLElement | null} */ (document.querySelector('.own [role=group] button'))?.focus();
  }
  /** Closes it again. Whoever goes by keys goes on where they were. */
  function closeOwn() {
    const { what, id } = ui.own ?? {};
    ui.own = null;
    desk.draw();
    const opener = document.querySelector(`.own [data-do="${what}"][value="${id}"]`);
    /** @type {HTMLElement | null} */ (opener ?? document.querySelector('.own h2'))?.focus();
  }
  /** text: how it was misunderstood; empty: it was not, after all */
  function dispute(id, text) {
    if (!text) delete kept.typed[id];
    send('minutes.dispute', { contribution: id, text });
    closeOwn();
  }

  /** Whoever is ready has said what stands in the boxes. */
  function boxKeys() {
    const part = partOf(desk.state);
    return traits.sealed(part)
      ? traits.boxes(part).flatMap((box) => ui.seats.map((seat) => `${seat}:${part.id}:${box}`))
      : [];
  }

  /** What looks like somebody's own goes to others once its writer has been asked. */
  function heeded(texts, go) {
    const what = texts.map((text) => heedOf({ state: desk.state }, text)).find(Boolean);
    if (!what) return go();
    const field = /** @type {HTMLElement | null} */ (document.activeElement);
    ui.heed = { what, go, field: field?.closest('form')?.querySelector('textarea') };
    desk.draw();
    /** @type {HTMLElement} */ (document.querySelector('[data-do=heed_back]')).focus();
  }
  const putHeeded = (key) => heeded([ui.texts[key]], () => put(key));

  /** Why this phone does not get in. */
  const whyNot = (code) =>
    code === 'name_taken'
      ? t('phone.same', { name: kept.joining?.name })
      : why(
          (code === 'door_closed' && ui.asks) || (code === 'seat_taken' && kept.joining?.name)
            ? 'asked'
            : code,
        );
  /** Says hello again, with another word. joining: of who comes */
  function again(joining) {
    Object.assign(kept, { joining });
    save();
    ui.screen = 'wait';
    desk.link.retry();
  }

  /** What was written before this script came, or before the page was last left. */
  function catchUp() {
    Object.keys(kept.drafts).forEach(reconcile);
    outgoing.flush();
    sendNotes();
    queueMicrotask(received);
    keepPage();
  }

  /**
   * In the lobby there are data to read, which phones get no other way; at the end whom to ask about
   * what is kept; and the page came with no more than the form needs.
   */
  async function readAbout() {
    const reads = desk.state
      ? ['lobby', 'closed'].includes(desk.state.now.state)
      : ui.screen === 'join';
    if (!reads || ui.about.items) return;
    ui.about.items = [];
    const answer = await fetch(`/api/meetings/${location.pathname.split('/')[2]}`).catch(
      () => null,
    );
    if (!answer?.ok) return void delete ui.about.items; // What is drawn next asks again.
    const { state, ...about } = await answer.json();
    // That it is over keeps those out who were not there, and nobody else.
    ui.about = desk.state ? about : { state, ...about };
    desk.draw();
  }

  /**
   * What of the notes is to be shown: each who spoke here is asked, one after another, when nobody
   * here has the floor any more.
   */
  function ask() {
    Object.assign(ui, { asked: false, picked: [] });
    while (ui.spoke.length && !ui.asked) {
      ui.seat = ui.spoke.shift();
      ui.asked = desk.draft().notes.length > 0;
    }
  }

  /** Who has pressed to pass, or to be the last: that is no time to ask. */
  const hushed = new Set();
  /** The floor went on. was: the meeting before; mine: it is at this phone again. */
  function moved(was, mine) {
    const n = was?.now.speaker;
    if (ui.seats.includes(n) && !hushed.delete(n) && !partOf(was).intro)
      ui.spoke.unshift(...voices(was, n).filter((each) => ui.seats.includes(each)));
    if (!mine && ui.spoke[0] && !ui.asked) ask();
  }

  /**
   * The seat's notes of the other items. Each has a field of its own: what was written before is
   * not lost, only elsewhere.
   */
  const others = (c) => {
    const here = c.part?.item ?? c.state.items[0];
    const textOf = (key) => (kept.drafts[key] ?? fromServer(c.state, key)).text.trim();
    return c.state.items
      .filter(({ no }) => no !== here.no)
      .map((item) => ({ title: item.title, text: textOf(keyOf(c.seat, { item })) }));
  };
  const before = (c) => earlier(c, others(c));
  /**
   * Beside a turn: what it is about, what I have on the board from it, what it builds on, and what I
   * noted before.
   */
  const extra = (c) => [
    c.part.intro ? nothing : asks(c),
    connect(c),
    points(c, (each) => !stands(c, each.id), false),
    ui.seats.includes(c.state.now.speaker) && isOpen(c) ? before(c) : nothing,
  ];

  /** Whoever is asked what to show says first that it is them. */
  const shareAlone = (c) =>
    alone(
      c,
      () => share(c),
      whose(c, c.seat, t('phone.show_notes')),
      button('keep', t('phone.no'), 'quiet'),
    );

  const asked = hints(desk.draw);
  let unsent;
  const arrived = arrival();
  let worn = '';
  const awake = () => desk.state && stayAwake(desk.state, ui.seats, serverNow());
  const isNote = (field) => field?.dataset?.in === 'note';
  /** Whether the server gives a phone the minutes. */
  const hasMinutes = () =>
    desk.state?.now.state === 'closed' && !isPast({ state: desk.state, now: serverNow() });
  /** Whoever has left the field has ended the note that was held. */
  function release() {
    ui.held = '';
    sendNotes();
  }
  addEventListener('focusout', () =>
    setTimeout(() => {
      if (ui.held && !isNote(document.activeElement)) release();
    }),
  );
  /**
   * After each change of the screen. Whoever was writing goes on writing, wherever the field is
   * now.
   */
  function received(typing = false) {
    const field = /** @type {HTMLElement | null} */ (
      document.querySelector('main [data-in=note], .drawer [data-in=note]')
    );
    if (typing && field && document.activeElement !== field) {
      field.closest('details')?.setAttribute('open', '');
      field.focus();
    }
    if (ui.held && !isNote(document.activeElement)) release();
    shared.look();
    if (desk.state) {
      useZone(desk.state.meeting.zone);
      asked.look(desk.state);
      last.keep(desk.state, ui.feed.minutes);
      if (hasMinutes()) ui.feed.look();
    }
    keepCaret();
    if (ui.colour && !worn) wearColour((worn = ui.colour));
    awake();
    paintBar();
    readAbout();
  }

  /**
   * The sheet of choices is closed by a press beside it, which then does nothing else, and by
   * Escape.
   */
  function closeSheet(event) {
    const sheet = document.querySelector('.more[open]');
    if (!sheet || event.target.closest('.more > *')) return;
    sheet.removeAttribute('open');
    event.stopPropagation();
    event.preventDefault();
  }
  document.addEventListener('click', closeSheet, true);
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') (asked.close(), desk.draw());
    const sheet = event.key === 'Escape' && document.querySelector('.more[open]');
    if (!sheet) return;
    sheet.removeAttribute('open');
    /** @type {HTMLElement} */ (sheet.querySelector('.more > summary')).focus();
  });
  addEventListener('visibilitychange', awake);
  addEventListener('pagehide', () => {
    if (!desk.state || ui.screen) return;
    last.write();
    sendNotes();
    shared.flush();
  });
  const presence = (where) => {
    ui.looking = false;
    for (const seat of ui.seats) desk.press('seat.change', { seat, presence: where });
  };
  carets();
  addStyle(fields + css + direction + styles + about + quiet + sizes);
  readAbout();
  recall();
  const builds = () => (ui.builds.length ? { builds_on: ui.builds } : {});
  return {
    /** The meeting with people of one name told apart. */
    apart: (state) => ({ ...state, seats: toldApart(state.seats) }),
    answering,
    closed: (c) => closed(withOwn(c)),
    drawer,
    drawn() {
      const { state } = desk;
      arrived({ ui, t, state, part: state && partOf(state) });
      if (state && forgetSent(withOwn({ ui, state }))) save();
      grow();
    },
    /** key: of the draft that was written in. */
    holds(typing, key) {
      if (typing && !ui.held && key?.startsWith(`${ui.seat}:`)) ui.held = key;
      else if (!typing || !ui.held?.startsWith(`${ui.seat}:`)) ui.held = '';
    },
    lapHead,
    notes,
    /** Under the field in the drawer. */
    below: (c) => (isOpen(c) ? [ui.asked ? nothing : share(c), before(c)] : nothing),
    earlier: (c) => (isOpen(c) ? before(c) : nothing),
    extra,
    /** What is to be said of a turn before all else: who answers in it, or that it gets long. */
    floor: (c) =>
      c.state.now.answering
        ? t('phone.answers', { name: nameOf(c, c.state.now.answering) })
        : c.state.hinted
          ? t('phone.round_off')
          : undefined,
    gone,
    head,
    isGone,
    hush(status) {
      recall();
      if (status !== 'open') return;
      if (hasMinutes()) ui.feed.again();
      setTimeout(() => {
        ui.said = null;
        desk.draw();
      }, SAID);
    },
    invite: beside,
    way: (words, screen) => way(words, screen, ui, kept.joining),
    joint: shared,
    lobby,
    more,
    offer,
    moved,
    received,
    presents: (c) => ui.seats.includes(presenter(c.state, c.part)?.seat),
    unturned: (c) => (excused(c) ? t('phone.no_turn') : undefined),
    ready: (c) => readiness(c, t('phone.ready_then')),
    refused: (c) => [refused(c), leftOver(c)],
    ring: (c) => [ring(c), c.part.intro ? asks(c) : nothing],
    share: (c) => [heed(c), unshare(c), ui.asked ? shareAlone(c) : nothing],
    speech: (c) => [speech(c), extra(c)],
    spoken: teller(),
    strip: (c) => [asked.view(c), strip(c), opening(c)],
    catchUp,
    why: whyNot,
    writers: (c) => [elsewhere(c), shownAs(c), writers(c)],
    views,
    acts: {
      rounded: asked.close,
      /** Another page may have kept more since. */
      return: () => location.reload(),
      /** Out of the meeting: the console is asked. */
      ask_in() {
        ui.asks = true;
        again(kept.joining);
      },
      /** Somebody has this name: the one who comes, on another phone, */
      same() {
        const { unless_known: _, ...joining } = kept.joining;
        again({ ...joining, claim: ui.known });
      },
      /** or somebody else. */
      other() {
        const { unless_known: _, claim: __, ...joining } = kept.joining;
        again(joining);
      },
      /** Not this way in, then. */
      leave() {
        kept.joining = null;
        save();
        location.reload();
      },
      more: () => desk.turn('more'),
      later() {
        hushed.add(desk.state.now.speaker);
        desk.turn('later', t('phone.say_later'));
      },
      pass() {
        hushed.add(desk.state.now.speaker);
        desk.turn('pass', t('phone.say_pass'));
      },
      hand: (seat) =>
        desk.press(desk.state.now.hands.includes(+seat) ? 'hand.lower' : 'hand.raise', {
          seat: +seat,
        }),
      answer: () => desk.press('turn.answer', { answering: true, turn: desk.state.now.turn }),
      answered: () => desk.press('turn.answer', { answering: false, turn: desk.state.now.turn }),
      remark: (seat) => desk.press('hand.raise', { seat: +seat, remark: true }),
      ready() {
        const ready = !ui.seats.every((n) => desk.state.ready.includes(n));
        const keys = ready ? boxKeys() : [];
        heeded(
          keys.map((key) => ui.texts[key]),
          () => {
            keys.forEach(put);
            for (const seat of ui.seats) desk.press('ready.set', { ready, seat });
          },
        );
      },
      write() {
        ui.writing = true;
        desk.draw();
        writeIn(document.querySelector('main textarea'));
      },
      seat(n) {
        sendNotes();
        ui.seat = +n;
        if (ui.opened !== ui.seat) ui.opened = ui.opened ? 0 : ui.seat;
      },
      /** Whoever writes here now has said so. */
      mine: () => (ui.opened = ui.seat),
      edit(id) {
        Object.assign(ui, {
          edit: id,
          builds: desk.state.contributions.find((each) => each.id === id)?.builds_on ?? [],
        });
        desk.draw();
        writeIn(document.querySelector('[data-do=mend] textarea'));
      },
      look: () => (ui.looking = !ui.looking),
      caught_up: () => (ui.newcomer = false),
      keep: ask,
      share() {
        sendNotes();
        const open = ui.notes.filter((note) => !note.shown);
        const picked = open.filter((note) => ui.picked.includes(note.id));
        const wanted = picked.length ? picked : open;
        heeded(
          wanted.map(({ text }) => text),
          () => {
            const shown = wanted.map(({ id }) => send('note.share', { note: id, ...builds() }));
            ui.shared = shown;
            setTimeout(() => {
              if (ui.shared === shown) ui.shared = null;
              desk.draw();
            }, UNDO);
            ui.builds = [];
            ask();
          },
        );
      },
      unshare() {
        for (const id of ui.shared) send('contribution.withdraw', { contribution: id });
        ui.shared = null;
      },
      withdraw(id) {
        send('contribution.withdraw', { contribution: id });
        ui.edit = '';
      },
      show_text: putHeeded,
      heed_go() {
        const { go } = ui.heed;
        ui.heed = null;
        go();
      },
      heed_back() {
        const { field } = ui.heed;
        ui.heed = null;
        desk.draw();
        field?.focus();
      },
      drop_text: drop,
      copy_text: (key) => copy(ui.texts[key]),
      /** What came too late for the board stays its author's. */
      keep_text(key) {
        const [seat, part] = key.split(':');
        const at = keyOf(seat, partOf(desk.state, part));
        const it = (kept.drafts[at] ??= fromServer(desk.state, at));
        it.text = [it.text, ui.texts[key].trim()].filter(Boolean).join('\n');
        drop(key);
        sendNotes();
      },
      go: () => presence('left'),
      back: () => presence('here'),
      /** Of the meeting nothing is left here: whoever opens it next is nobody. */
      wipe() {
        Object.assign(kept, { id: uuid(), joining: null, seats: [], drafts: {}, texts: {} });
        Object.assign(kept, { out: [], refused: [], joint: {}, typed: {} });
        save();
        ui.feed.stop();
        last.drop();
        ui.screen = 'wait'; // Nothing is saved any more as the page goes.
        location.reload();
      },
      forget(i) {
        kept.refused.splice(i, 1);
        save();
      },
      dispute: (id) => openOwn('dispute', id),
      undispute: (id) => dispute(id, ''),
      take_out: (id) => openOwn('take_out', id),
      /** Nothing of it is sent later: whoever has no connection hears so. */
      async take_out_now(id) {
        const reply = await desk.link.send('contribution.withdraw', { contribution: id });
        const late = reply.code === 'closed';
        ui.said = reply.ok ? null : [late ? t('phone.no_published') : why(reply.code)];
        ui.got = reply.ok ? t('phone.taken_out') : '';
        closeOwn();
      },
      leave_own(id) {
        delete kept.typed[id];
        save();
        closeOwn();
      },
      async minutes() {
        const { code, title } = desk.state.meeting;
        const key = kept.seats.find((each) => each.token)?.token;
        const failed = await fetchMinutes({
          code,
          key,
          format: 'html',
          edition: 'participants',
          name: fileName(title, 'html', t('minutes.file')),
        });
        Object.assign(
          ui,
          failed ? { said: [why(failed)], got: '' } : { said: null, got: t('phone.got_minutes') },
        );
        desk.draw();
      },
      calendar: (json) =>
        keepFile(`${t('phone.task_file')}.ics`, calendarOf(JSON.parse(json)), 'text/calendar'),
      fetch() {
        const c = withOwn({ ui, t, state: desk.state });
        const texts = jointTexts().map(({ key }) => shared.read(key).text);
        const text = ownText({ ...c, drafts: kept.drafts, texts });
        keepFile(`${t('phone.own_file')}.txt`, text, 'text/plain;charset=utf-8');
        ui.got = t('phone.got_own');
      },
    },
    forms: {
      code(data) {
        const place = placeIn(data.get('code'));
        if (place) location.href = place;
        else ui.codeWrong = true;
      },
      add(data, slot) {
        const key = textKey(slot);
        heeded([ui.texts[key]], () => {
          put(key);
          ui.builds = [];
        });
      },
      rename(data, seat) {
        const [name, job] = ['name', 'function'].map((each) => clean(data.get(each)));
        desk.press('seat.change', { seat: +seat, name, ...(job && { function: job }) });
      },
      dispute(data, id) {
        const text = data.get('text').trim();
        if (text) dispute(id, text);
        else writeIn(document.querySelector('.own textarea'));
      },
      mend(data, id) {
        const text = data.get('text').trim();
        const more = traits.builds(partOf(desk.state)) ? { builds_on: ui.builds } : {};
        heeded([text], () => {
          if (text) send('contribution.edit', { contribution: id, text, ...more });
          ui.builds = [];
          ui.edit = '';
        });
      },
    },
    inputs: {
      note({ value }) {
        desk.draft().text = value;
        clearTimeout(unsent);
        unsent = setTimeout(sendNotes, PAUSE);
        save();
      },
      text({ value, dataset }) {
        ui.texts[textKey(dataset.slot)] = value;
        save();
      },
      disputing({ value, dataset }) {
        kept.typed[dataset.slot] = value;
        save();
      },
      joint: ({ value, dataset }) => shared.write(dataset.key, value),
      pick: ({ value }) => (ui.picked = toggled(ui.picked, value)),
      builds: ({ value }) => (ui.builds = toggled(ui.builds, value)),
      /** Whoever shares a phone goes home together. */
      leaves: (field) =>
        filled(field, field.dataset.saved, (value) =>
          ui.seats.forEach((seat) =>
            desk.press('seat.leaves', { seat, ...(value && { leaves: value }) }),
          ),
        ),
      together: ({ checked }) => desk.press('seat.together', { seat: ui.seat, together: checked }),
    },
  };
};
