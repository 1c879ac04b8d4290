// index.js -- the gallery's one page: all pictures by screen and state, and what went wrong.
import { writeFileSync } from 'node:fs';

const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

const style = `
body { font: 16px/1.4 system-ui, sans-serif; margin: 2rem; background: #f4f4f2; color: #222; }
h2 { margin-top: 3rem; } h3 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: flex-start; }
figure { margin: 0; } figcaption { font-size: .75rem; color: #555; }
img { display: block; max-height: 20rem; max-width: 28rem; border: 1px solid #bbb; background: #fff; }
.error { color: #a00; } nav a { margin-right: 1rem; }
`;

const figure = ({ file, locale, size, scheme }) =>
  `<figure><a href="${file}"><img loading="lazy" src="${file}" alt=""></a><figcaption>${locale} ${size.width}×${size.height} ${scheme}</figcaption></figure>`;

/**
 * Writes the page. @param {{screen: string, state: string, pictures: any[], errors: string[]}[]}
 * results
 */
export function writeIndex(path, results) {
  const byScreen = new Map();
  for (const each of results) {
    const states = byScreen.get(each.screen) ?? new Map();
    const so = states.get(each.state) ?? { pictures: [], errors: [] };
    so.pictures.push(...each.pictures);
    so.errors.push(...each.errors);
    byScreen.set(each.screen, states.set(each.state, so));
  }
  const screens = [...byScreen].map(([screen, states]) => {
    const all = [...states].map(
      ([state, { pictures, errors }]) =>
        `<h3 id="${screen}-${state}">${screen}/${state}</h3>${errors.map((error) => `<p class="error">${escape(error)}</p>`).join('')}<div class="row">${pictures.map(figure).join('')}</div>`,
    );
    return `<h2 id="${screen}">${screen}: ${states.size} states</h2>${all.join('\n')}`;
  });
  const nav = [...byScreen.keys()].map((screen) => `<a href="#${screen}">${screen}</a>`).join('');
  writeFileSync(
    path,
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Runde: every state of every screen</title><style>${style}</style><h1>Every state of every screen</h1><nav>${nav}</nav>${screens.join('\n')}</html>\n`,
  );
}
