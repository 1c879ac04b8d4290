// join.js -- in within ten seconds: a prepared place or a name, a function, in. Also what stands in
// the way.
import { html, nothing } from 'lit-html';
import { limits } from 'runde:protocol';

const person = (t, i) =>
  html`<label
      >${t('phone.name')}<input
        name="name${i}"
        maxlength=${limits.name}
        autocomplete=${i ? 'off' : 'given-name'}
        required
    /></label>
    <label
      >${t('phone.function')}<input
        name="function${i}"
        maxlength=${limits.name}
        list="functions"
        autocomplete="off"
    /></label>`;

const prepared = (ui, { seat, name, function: job }) =>
  html`<label class=${ui.claim === seat ? 'seat on' : 'seat'}
    ><input
      type="radio"
      name="claim"
      value=${seat}
      data-in="claim"
      .checked=${ui.claim === seat}
    /><span><b>${name ?? job}</b>${name ? job : nothing}</span></label
  >`;

const form = (ui, t) =>
  html`<form id="join" data-do="join">
    <p class="bar">
      <span>${t('phone.on_the_way')}</span
      ><a href=${t('phone.other_link')} lang=${t('phone.other_lang')}>${t('phone.other')}</a>
    </p>
    <h2>${ui.about.title}</h2>
    <h1>${t('phone.who')}</h1>
    ${
      ui.about.seats?.length
        ? html`<div class="seats" role="radiogroup" aria-label=${t('phone.prepared')}>
              ${ui.about.seats.map((seat) => prepared(ui, seat))}
            </div>
            <p>
              <label class=${ui.claim ? 'seat' : 'seat on'}
                ><input
                  type="radio"
                  name="claim"
                  value=""
                  data-in="claim"
                  .checked=${!ui.claim}
                />${t('phone.not_listed')}</label
              >
            </p>`
        : nothing
    }
    ${ui.claim ? nothing : person(t, '')} ${ui.more.map((n) => person(t, n))}
    <label class="check"
      >${t('phone.sharing')}<select data-in="more">
        ${[1, 2, 3].map((n) => html`<option>${n}</option>`)}
      </select></label
    >
    ${ui.late?.invite(t, ui.about, ui.more.length > 0)}
  </form>`;

/**
 * ui.screen: 'wait', 'join', 'knock' at a door that somebody must open, 'stop', 'over', or 'none'
 * where there is no meeting.
 */
export const join = (ui, t) => {
  const { late } = ui;
  const over = ui.about.state === 'closed' && 'over';
  const screen = over || ui.screen;
  const error = over || ui.error;
  const why = error && (late?.why(error) ?? t('phone.wait'));
  return html`<div class="page">
    <main>
      ${screen === 'join' ? form(ui, t) : html`<h1 class="mid">${why || t('phone.wait')}</h1>`}
    </main>
    <footer>
      ${screen === 'join' ? html`${why ? html`<p class="said" role="alert">${why}</p>` : nothing}<button class="primary" form="join">${t('phone.enter')}</button>` : nothing}
      ${late?.way(t, screen, ui)}
    </footer>
  </div>`;
};
