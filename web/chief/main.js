// main.js -- the page of the chief of several schools: asks what is shared, and shows it. The secret
// stands in the link's fragment alone.
import { render } from 'lit-html';
import { t } from '../shared/i18n.js';
import { keyIn } from '../shared/code.js';
import { keepPage } from '../shared/shell.js';
import { asking } from './ask.js';
import { dayOf } from './read.js';
import { view } from './view.js';

const app = document.getElementById('app');

const draw = () =>
  render(
    view(
      { ...shared, linked: location.hash.length > 1, today: dayOf(new Date()) },
      { again: () => shared.ask(), print: () => window.print() },
    ),
    app,
  );

const shared = asking({ key: keyIn(location.hash), changed: () => draw() });

const look = () => {
  if (!document.hidden) shared.ask();
};

document.title = t('chief.page');
addEventListener('online', look);
document.addEventListener('visibilitychange', look);
/** Another link was put into the same page. */
addEventListener('hashchange', () => location.reload());
/** On paper nothing is folded away. */
addEventListener('beforeprint', () => {
  for (const each of app.querySelectorAll('details')) each.open = true;
});
keepPage();
draw();
look();
