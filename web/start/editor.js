// editor.js -- the planning page's script, fetched when a plan is opened: what the buttons do, and
// what is sent.
import { t } from '../shared/i18n.js';
import { keyIn } from '../shared/code.js';
import { textIn } from '../shared/text.js';
import { addStyle } from '../shared/style.js';
import { whenTablesCome } from '../shared/tables.js';
import { aboutMeeting, create, meetingAgenda } from './api.js';
import { findDraft, keepDraft } from './drafts.js';
import { agendaOf, apart, figuresOf, seatsOf } from './plan/agenda.js';
import { edits } from './plan/edits.js';
import { fileName, fileText, readFile } from './plan/file.js';
import { answerCommands, figureCommands, give, seatCommands, visitAny } from './plan/give.js';
import { draftOf, store } from './plan/store.js';
import { fetching, nothingHere, planView } from './plan/view.js';
import { fieldOf, fileWords, idOf } from './plan/words.js';
import plan from './plan/plan.late.css';
import figures from './plan/figures.late.css';
import items from './plan/items.late.css';

addStyle(plan + items + figures);

function keepAs(name, text) {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href));
}

/** The server's word for a field: "agenda.items.0.title" is the form's "items.0.title". */
const formPath = (field) => (field ?? '').replace(/^agenda\.?/, '');

/** What the page hands over is typed where it is made: main.js. @param {any} desk */
export function editor(desk) {
  const ctx = store({
    draw: () => desk.draw(),
    // A meeting's agenda is the server's: only a plan without one is kept here.
    keep: (s) => (s.meeting ? true : keepDraft(draftOf(s, Date.now()))),
  });
  whenTablesCome(() => desk.draw());
  let missing = null;
  let loading = false;

  async function openMeeting({ code, key }) {
    loading = true;
    missing = null;
    desk.draw();
    // The agenda last, so that it is no older than the number that its changes are based on.
    const there = await visitAny({ code, key });
    const [{ agenda, wrong }, { about }] = await Promise.all([
      meetingAgenda(code, key),
      aboutMeeting(code),
    ]);
    loading = false;
    missing =
      wrong ?? ('refused' in there ? { status: there.refused === 'offline' ? 0 : 401 } : null);
    if (!missing && 'state' in there) {
      const { data: had = [], seq: base } = there.state;
      there.leave();
      ctx.begin({ id: '', agenda, data: had });
      const state = about?.state ?? there.state.now.state;
      ctx.set({ meeting: { code, key, state, had, answered: agenda.before ?? [], base } });
    }
    desk.draw();
  }

  function open(route) {
    ctx.end();
    if (route.screen === 'plan') return openMeeting(route);
    const draft = findDraft(route.id) ?? desk.leftover();
    missing = draft?.id === route.id ? null : { status: -1 };
    if (!missing) ctx.begin(draft);
    desk.draw();
  }

  /** Brings a field into view, opened where it was closed. */
  function show(path) {
    const steps = path.split('.');
    const item = ctx.s.form.items[steps[1]];
    const opened = new Set(ctx.s.open);
    if (steps[0] === 'items' && steps[2] === 'parts' && steps[3])
      opened.add(item.parts[steps[3]].id);
    else if (steps[0] === 'items' && ['goal', 'responsible', 'bank'].includes(steps[2]))
      opened.add(`i${item.key}`);
    ctx.set({ open: opened });
    const place =
      document.getElementById(idOf(fieldOf(path))) ?? document.getElementById(`item-${item?.key}`);
    place?.scrollIntoView({ block: 'center' });
    place?.focus({ preventScroll: true });
  }

  function refuse({ status, code, field }) {
    const path = formPath(field);
    const words =
      status === 400 && path
        ? ''
        : status === 401
          ? t('start.needs_key')
          : status === 403
            ? t('start.not_here')
            : status === 0
              ? t('start.offline')
              : status === 503 || status === 429
                ? t('start.busy')
                : status === 413 || code === 'too_large'
                  ? t('start.too_large')
                  : code === 'unanswered'
                    ? t('plan.unanswered')
                    : code === 'text_changed'
                      ? t('plan.changed_meanwhile')
                      : t('plan.refused', { code });
    ctx.set({
      busy: false,
      failed: words,
      needsKey: ctx.s.needsKey || status === 401,
      refused: path ? [{ path, rule: 'server' }] : [],
    });
    document.getElementById('told-wrong')?.focus();
  }

  async function make() {
    const { form, key, id, from } = ctx.s;
    const agenda = agendaOf(form);
    const { made, wrong } = await create({ agenda, ...(from && { from }) }, key.trim());
    if (wrong) return refuse(wrong);
    const commands = [...figureCommands([], figuresOf(form)), ...seatCommands(seatsOf(form))];
    // The links first: whatever becomes of the rest, the meeting is there.
    desk.made(agenda.title || t('start.untitled'), { made });
    const left = commands.length ? await giveAll(made, commands) : '';
    if (left) desk.left(made.code, left);
    else desk.dropDraft(id);
  }

  /** Figures and seats to a meeting that was just made; a word for what did not get there. */
  async function giveAll(made, commands) {
    const there = await visitAny({ code: made.code, key: keyIn(made.links.console) });
    if ('refused' in there) return t('plan.not_given');
    const { given } = await give(there, commands);
    there.leave();
    return given === commands.length ? '' : t('plan.not_given');
  }

  async function change() {
    const { meeting, form } = ctx.s;
    const there = await visitAny(meeting);
    if ('refused' in there)
      return refuse({
        status: there.refused === 'offline' ? 0 : 401,
        code: there.refused,
        field: null,
      });
    const { agenda, answers } = apart(form);
    const { reply } = await give(there, [
      ['agenda.change', { agenda, base: meeting.base }],
      ...answerCommands(meeting.answered, answers),
      ...figureCommands(meeting.had, figuresOf(form)),
    ]);
    there.leave();
    if (reply?.code === 'text_changed') {
      refuse({ status: 400, ...reply });
      return ctx.set({ meeting: { ...meeting, base: there.state.seq } }); // Whoever saves again means it.
    }
    const begun = { already_started: 'running', closed: 'closed' }[reply?.code];
    if (begun) return ctx.set({ busy: false, meeting: { ...meeting, state: begun } });
    if (reply)
      return refuse({
        status: reply.code === 'offline' ? 0 : 400,
        code: reply.code,
        field: reply.field,
      });
    await openMeeting(meeting);
    ctx.set({ busy: false, saved: t('plan.saved') });
  }

  ctx.acts = {
    ...edits(ctx, desk.app),
    show,
    save: () => keepAs(fileName(agendaOf(ctx.s.form)), fileText(ctx.s)),
    async finish() {
      if (ctx.s.busy) return;
      ctx.set({ tried: true, failed: '', refused: [] });
      if (ctx.wrong().length) return document.getElementById('told-wrong').focus();
      ctx.set({ busy: true });
      await (ctx.s.meeting ? change() : make());
    },
  };

  return {
    open,
    leave: () => ctx.end(),
    view: () =>
      loading
        ? fetching()
        : missing || !ctx.s
          ? nothingHere(missing?.status >= 0 ? missing : null)
          : planView(ctx),
    /** A file for the start page: a plan, or what is wrong with it. */
    async readFile(file) {
      const { text = null } = await textIn(file);
      const read = readFile(text);
      return read.agenda ? read : { words: fileWords(file.name, read) };
    },
  };
}
