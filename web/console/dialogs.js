// dialogs.js -- what opens over the page: a seat more, writing for somebody, a link, the end, the
// keys.
import { html, nothing } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { live } from 'lit-html/directives/live.js';
import * as traits from 'runde:traits';
import { hasDecision } from '../shared/answers.js';
import { hasPhone } from '../shared/company.js';
import { apart, t } from '../shared/i18n.js';
import { keepView } from '../shared/keep.js';
import { besideName } from '../shared/names.js';
import { ofList } from '../shared/once.js';
import { allParts, company, livePart } from './read.js';
import { consoleLink, joinLink } from './lobby.js';
import { beforeForm } from './preparing.js';
import { dataForm } from './data.js';
import { groupForm } from './groups.js';
import { earlierThan, picker } from './pick.js';
import { pairForm } from './pair.js';
import { reading } from './reading.js';
import { secretQr } from './qr.js';
import { consoleQr } from './setup.js';
import {
  handOver,
  heed,
  isHeeded,
  kbd,
  nameOf,
  plain,
  seatName,
  seatOptions,
  timeless,
  toast,
} from './pieces.js';
import { KEYS } from './keys.js';
import * as icons from './icons.js';

/** Opened as soon as it is on the page: the browser keeps the focus in it and takes Escape. */
export const modal = (element) => {
  // Its first drawing happens before it stands in the document.
  if (element) queueMicrotask(() => element.isConnected && !element.open && element.showModal());
};

/**
 * @param {import('./pieces.js').Ctx} ctx
 * @param {{title: string, body: any, look?: string}} it
 */
export const frame = (ctx, { title, body, look = '' }) =>
  html` <dialog
    class=${look}
    aria-labelledby="dialog-h"
    ${ref(modal)}
    @cancel=${(event) => {
      event.preventDefault();
      ctx.set({ dialog: null });
    }}
  >
    <div class="h">
      <h1 id="dialog-h">${title}</h1>
      ${plain(t('console.leave'), () => ctx.set({ dialog: null }), { key: 'Esc' })}
    </div>
    ${body} ${toast(ctx)}
  </dialog>`;

const submit = (ctx, fn) => async (event) => {
  event.preventDefault();
  const data = Object.fromEntries(new FormData(event.target).entries());
  const reply = await fn(data);
  if (reply?.ok) ctx.set({ dialog: null });
};

const textOf = (value) => String(value ?? '').trim();

const holders = ofList((/** @type {any[]} */ seats) =>
  seats.filter((each) => each.device !== 'none'),
);

/** Before the meeting a seat is made ready; whoever is there already is said to be. */
const comes = (beside) =>
  beside === 'awaited'
    ? { device: 'none', awaited: true }
    : beside
      ? { device: 'shared', with: Number(beside) }
      : { device: 'none' };

const seat = (ctx) =>
  frame(ctx, {
    title: t('console.add_seat'),
    body: html` <p class="sub">${t('console.seat_why')}</p>
      <form
        class="form"
        @submit=${submit(ctx, ({ name, role, beside }) =>
          ctx.send('seat.add', {
            name: textOf(name),
            ...(textOf(role) ? { function: textOf(role) } : {}),
            ...comes(beside),
          }),
        )}
      >
        <label
          >${t('console.seat_name')}<input
            class="field"
            name="name"
            required
            maxlength="60"
            autocomplete="off"
            autofocus
        /></label>
        <label
          >${t('console.seat_function')}<input
            class="field"
            name="role"
            maxlength="60"
            list="functions"
            autocomplete="off"
        /></label>
        <datalist id="functions">
          ${[...new Set(ctx.state.seats.map((each) => each.function).filter(Boolean))].map((each) => html`<option value=${each}></option>`)}
        </datalist>
        <label
          >${t('console.seat_with')}<select class="field" name="beside">
            ${ctx.state.now.state === 'lobby' ? html`<option value="awaited">${t('console.seat_awaited')}</option>` : nothing}
            <option value="">${t('console.device.none')}</option>
            ${seatOptions(holders(company(ctx.state)), null, (each) => t('console.shares_with', { name: seatName(each) }))}
          </select></label
        >
        <div class="row end"><button class="b go">${t('console.add_seat')}</button></div>
      </form>`,
  });

/** From the second lap on, what it builds on. */
const basedOn = (ctx, part) =>
  traits.builds(part)
    ? picker(ctx, {
        key: 'on new',
        chosen: ctx.ui.on,
        list: earlierThan(ctx.state, part, ctx.state.now.lap),
        save: (on) => ctx.set({ on }),
      })
    : nothing;

function write(ctx, { seat: chosen }) {
  const part = livePart(ctx.state);
  const boxes = traits.boxes(part);
  const unnamed = traits.nameless(part);
  const who = chosen ?? ctx.state.now.speaker ?? company(ctx.state)[0]?.seat;
  const key = 'write';
  return frame(ctx, {
    title: chosen
      ? t('console.write_for_name', { name: nameOf(ctx.state, chosen) })
      : t('console.write_for_someone'),
    body: html` <form
      class="form"
      @submit=${submit(ctx, async (data) => {
        if (!isHeeded(ctx, key, textOf(data.text))) return null;
        const reply = await ctx.send('contribution.add', {
          text: textOf(data.text),
          ...(unnamed ? {} : { seat: Number(data.seat) }),
          ...(boxes.length ? { box: data.box } : {}),
          ...(ctx.ui.on.length ? { builds_on: ctx.ui.on } : {}),
        });
        if (reply.ok) {
          ctx.drop(key);
          ctx.set({ on: [], menu: null });
        }
        return reply;
      })}
    >
      ${
        unnamed
          ? html`<p class="private">${t('console.retro_hidden')}</p>`
          : html` <label
              >${t('console.who')}<select class="field" name="seat">
                ${seatOptions(company(ctx.state), who, (each) => [seatName(each), besideName(each)].filter(Boolean).map(apart).join(' · '))}
              </select></label
            >`
      }
      ${
        boxes.length
          ? html`<label
              >${t('console.which_box')}<select class="field" name="box">
                ${boxes.map((box) => html`<option value=${box}>${t('console.box.' + box)}</option>`)}
              </select></label
            >`
          : nothing
      }
      <label
        >${t('console.point_text')}<textarea
          class="field"
          name="text"
          rows="4"
          required
          maxlength="600"
          autofocus
          .value=${live(ctx.draft(key, ''))}
          @input=${(event) => ctx.write(key, event.target.value)}
        ></textarea>
      </label>
      <p class="sub">${t('console.no_names')}</p>
      ${part ? basedOn(ctx, part) : nothing}
      ${heed(ctx, key, html`<div class="row end"><button class="b go">${t('console.put_on_board')}</button></div>`)}
    </form>`,
  });
}

const link = (ctx, { seat: n, token }) => {
  const url = token && `${joinLink(ctx)}#${token}`;
  return frame(ctx, {
    title: t('console.link_title', { name: nameOf(ctx.state, n) }),
    body: token
      ? html`<p>${t('console.link_how')}</p>
          ${secretQr(ctx, 'join', token)}${handOver(ctx, t('console.link_once'), url)}`
      : html`<p>${hasPhone(ctx.state, n) ? t('console.link_takes') : t('console.link_gives')}</p>
          <div class="row end">
            ${plain(
              t('console.link_make'),
              async () => {
                const reply = await ctx.send('seat.link', { seat: n });
                if (reply.ok)
                  ctx.set({ dialog: { kind: 'link', seat: n, token: reply.made?.token } });
              },
              { look: 'go' },
            )}
          </div>`,
  });
};

const close = (ctx) => {
  const left = allParts(ctx.state).filter(
    (part, i, all) => part.on && i > all.findIndex((each) => each.id === ctx.state.now.part),
  ).length;
  return frame(ctx, {
    title: t('console.close_sure'),
    body: html`<p>
        ${t('console.close_what')}${left ? ` ${t('console.close_left', { n: left })}` : ''}
      </p>
      ${
        hasDecision(ctx.state)
          ? html`<p class="sub strong">${t('console.read_first')}</p>
              ${reading(ctx.state)}`
          : nothing
      }
      ${keepView(ctx.state, ctx.send)}
      <div class="row end">
        ${plain(t('console.primary.close'), () => ctx.run('close').then(() => ctx.set({ dialog: null })), { look: 'go' })}
      </div>`,
  });
};

/** A link that came into the wrong hands is made anew; asked once, for the old one dies. */
const renewal = (ctx, role) =>
  html`<div class="row renewal">
    ${
      ctx.ui.renew === role
        ? html`<span>${t('console.renew_what')}</span>${plain(
              t('console.renew_yes'),
              () => {
                ctx.set({ renew: null });
                ctx.renew(role);
              },
              { look: 'small go' },
            )}`
        : html`${plain(t('console.renew.' + role), () => ctx.set({ renew: role }), { look: 'text' })}<span
              class="sub"
              >${t('console.renew_kills')}</span
            >`
    }
  </div>`;

/** How people and screens come in, as long as there is something to come in to. */
const comeIn = (ctx) =>
  html`<div class="share-door">
      <img
        class="qr"
        src=${`/qr/${ctx.state.meeting.code}.svg`}
        alt=${t('console.qr_alt', { code: ctx.state.meeting.code })}
        width="180"
        height="180"
      />
      <div>
        <p class="sub">${t('console.join_how')}</p>
        <p class="code num">${ctx.state.meeting.code}</p>
      </div>
      ${
        ctx.wifi
          ? html`<figure>
              ${secretQr(ctx, 'wifi', ctx.key)}
              <figcaption class="sub">${t('console.wifi')}</figcaption>
            </figure>`
          : nothing
      }
    </div>
    ${handOver(ctx, t('console.link.join'), joinLink(ctx))} ${pairForm(ctx)}`;

const share = (ctx) =>
  frame(ctx, {
    title: t('console.share'),
    body: html` ${ctx.state.now.state === 'closed' ? nothing : comeIn(ctx)}
      ${['board', 'scribe', 'leader'].map((role) => html`${ctx.links?.[role] ? handOver(ctx, t('console.link.' + role), ctx.links[role], { open: true }) : html`<p class="sub">${t('console.link.' + role)}</p>`}${renewal(ctx, role)}`)}
      ${handOver(ctx, t('console.link.console'), consoleLink(ctx))}
      <div class="row">
        ${plain(t('console.to_phone'), () => ctx.set({ dialog: { kind: 'phone' } }), { icon: icons.phone(), look: 'small' })}${renewal(ctx, 'console')}
      </div>
      ${ctx.links ? html`<p class="sub">${t('console.links_secret')}</p>` : html`<p class="sub">${t('console.links_unknown')}</p>`}`,
  });

const keys = (ctx) =>
  frame(ctx, {
    title: t('console.keys'),
    body: html`<dl class="keys">
      ${KEYS.map(
        ([key, name]) =>
          html`<div>
            <dt>${kbd(key === ' ' ? t('console.key_space') : key)}</dt>
            <dd>${t('console.key.' + name)}</dd>
          </div>`,
      )}
    </dl>`,
  });

const read = (ctx) => frame(ctx, { title: t('console.read_aloud'), body: reading(ctx.state) });

const phone = (ctx) =>
  frame(ctx, {
    title: t('console.to_phone'),
    body: html`${consoleQr(ctx)}${handOver(ctx, t('console.link.console'), consoleLink(ctx))}
      <p class="sub">${t('console.to_phone_secret')}</p>`,
  });

const message = (ctx) =>
  frame(ctx, {
    title: t('console.wall_message'),
    body: html`<form
      class="form"
      @submit=${submit(ctx, ({ text }) => isHeeded(ctx, 'message', textOf(text)) && ctx.send('wall.show', { show: 'message', text: textOf(text) }))}
    >
      <label
        >${t('console.wall_text')}<textarea
          class="field"
          name="text"
          rows="3"
          required
          maxlength="600"
          autofocus
        ></textarea>
      </label>
      <div class="row">
        ${['coffee', 'back', 'phones'].map((each) =>
          plain(
            t('console.wall_say.' + each),
            (event) => {
              event.target.closest('form').elements.text.value = t('console.wall_say.' + each);
            },
            { look: 'small' },
          ),
        )}
      </div>
      ${heed(ctx, 'message', html`<div class="row end"><button class="b go">${t('console.wall_put')}</button></div>`)}
    </form>`,
  });

const data = (ctx) => frame(ctx, { title: t('console.data'), body: dataForm(ctx) });
const before = (ctx) => frame(ctx, { title: t('shared.before'), body: beforeForm(ctx) });
const groups = (ctx) => frame(ctx, { title: t('console.group'), body: groupForm(ctx) });

const kinds = { message, before, data, groups, phone, read, seat, write, link, close, share, keys };

/** @param {import('./pieces.js').Ctx} ctx */
export const dialogView = (ctx) =>
  timeless(ctx, () => (ctx.ui.dialog ? kinds[ctx.ui.dialog.kind](ctx, ctx.ui.dialog) : nothing));
