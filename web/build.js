// build.js -- makes each page, in each language, into one HTML response, and all of them into a C
// file.
//
//   node build.js --gen FOLDER     FOLDER/pages.gen.c, and FOLDER/pages/NAME.LOCALE.html for tests
//         --only start,phone       these pages alone, and nothing for C
//         --words FOLDER           the languages, instead of locale/: a file more there is a language more
//
// Script and style stand in the page itself; the CSP names them by hash and allows nothing else.
// The server adds connect-src, which depends on the host.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { connecting, seeing } from './early.js';
import { cArray, cString } from './build/c.js';
import { targets } from './build/oldest.js';
import { trimLit } from './build/lit.js';
import { methodModule, readMethods, sheetsModule, traitsModule } from './build/methods.js';
import { pack, packBrotli, packTightly } from './build/pack.js';
import { split } from './build/split.js';
import { planModule } from './build/schema.js';
import { minifyTemplates } from './build/templates.js';
import { tighten } from './build/style.js';
import { functionsModule, inlineWords, prefixesIn, wordsTable } from './build/words.js';

const WEB = dirname(fileURLToPath(import.meta.url));
const PROTOCOL = join(WEB, '../protocol');
const argument = (name) => {
  const i = process.argv.indexOf(name);
  return i < 0 ? undefined : process.argv[i + 1];
};
const PAGES = ['start', 'phone', 'console', 'board', 'minutes', 'chief'];
const WORDS = resolve(argument('--words') ?? join(WEB, 'locale'));
const LOCALES = readdirSync(WORDS)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5));
/**
 * What each page may weigh, gzip. The phone's first response: what fits into the first ten packets.
 */
const BUDGET = {
  phone: 14336,
  start: 30 * 1024,
  console: 48 * 1024,
  board: 33 * 1024,
  chief: 16 * 1024,
};
/** Those that are near theirs are packed as tightly as can be, which takes its time. */
const TIGHT = ['phone', 'console', 'board'];
/** Pages whose link holds a key: their connection is begun by the first bytes that come. */
const EARLY = ['console', 'board', 'minutes'];
/** The second script of a page that has one (build/split.js). */
const LATE = { phone: 'late.js', start: 'editor.js', board: 'rest.js', console: 'rest.js' };

const gen = resolve(argument('--gen') ?? join(WEB, '../build/gen'));

const limits = JSON.parse(readFileSync(join(PROTOCOL, 'limits.json'), 'utf8'));
const types = {
  ...JSON.parse(readFileSync(join(PROTOCOL, 'types.json'), 'utf8')),
  method: { enum: readMethods(PROTOCOL).map(({ method }) => method) },
};

/**
 * The protocol's constants: as protogen made them, or read from the folder itself where that has
 * not run.
 */
function protocolModule() {
  const made = join(gen, 'protocol.js');
  if (existsSync(made)) return readFileSync(made, 'utf8');
  const read = (path) => JSON.parse(readFileSync(join(PROTOCOL, path), 'utf8'));
  const all = (folder) =>
    readdirSync(join(PROTOCOL, folder)).map((file) => read(`${folder}/${file}`));
  const enums = Object.entries(types)
    .filter(([, type]) => type.enum)
    .map(([name, type]) => [name, type.enum]);
  const commands = all('commands').map(({ do: name, who, made: makes, refusals }) => [
    name,
    { who, made: makes, refusals },
  ]);
  return Object.entries({
    limits,
    refusals: Object.keys(read('refusals.json')),
    commands: Object.fromEntries(commands),
    facts: all('facts').map((each) => each.fact),
    enums: Object.fromEntries(enums),
    methods: Object.fromEntries(
      readMethods(PROTOCOL).map(({ method, traits }) => [method, traits]),
    ),
  })
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join('\n');
}

/**
 * Only the constants that are named, so that the rest is shaken off: `limits.text` becomes a
 * number.
 */
const inlineLimits = (source) =>
  source
    .replace(/\blimits\.(\w+)\b/g, (all, name) => (name in limits ? String(limits[name]) : all))
    .replace(/\benums\.(\w+)\b/g, (all, name) =>
      types[name]?.enum ? JSON.stringify(types[name].enum) : all,
    );

const wordsOf = (locale) => JSON.parse(readFileSync(join(WORDS, `${locale}.json`), 'utf8'));
/** Every language by its own name. */
const languages = () =>
  Object.fromEntries(LOCALES.map((locale) => [locale, wordsOf(locale).shared.language]));

/**
 * esbuild's plugin for our modules: words and limits put in, templates without the whitespace of
 * their source.
 * @param {Set<string>} prefixes  what keys begin with that the page puts together while running
 */
const ours = (page, locale, prefixes) => ({
  name: 'runde',
  setup(on) {
    const words = wordsOf(locale);
    on.onResolve({ filter: /^runde:/ }, ({ path }) => ({ path, namespace: 'runde' }));
    on.onLoad({ filter: /:words$/, namespace: 'runde' }, () => ({
      contents: `export const locale = ${JSON.stringify(locale)};\nexport const languages = ${JSON.stringify(languages())};\nexport const words = ${wordsTable(prefixes, words)};`,
    }));
    on.onLoad({ filter: /:protocol$/, namespace: 'runde' }, () => ({ contents: protocolModule() }));
    on.onLoad({ filter: /:functions$/, namespace: 'runde' }, () => ({
      contents: functionsModule(WORDS),
    }));
    on.onLoad({ filter: /:agenda$/, namespace: 'runde' }, () => ({
      contents: planModule(PROTOCOL),
    }));
    on.onLoad({ filter: /:traits$/, namespace: 'runde' }, () => ({
      contents: traitsModule(PROTOCOL),
    }));
    on.onLoad({ filter: /:method\//, namespace: 'runde' }, ({ path }) => ({
      contents: methodModule(WEB, PROTOCOL, path.split('/')[1]),
      resolveDir: WEB,
    }));
    on.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code.trim(), loader: 'text' };
    });
    on.onLoad({ filter: /\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (path.includes('node_modules'))
        return {
          contents: page === 'phone' && path.endsWith('/lit-html.js') ? trimLit(source) : source,
        };
      return { contents: inlineWords(inlineLimits(minifyTemplates(source)), words, path) };
    });
  },
});

/** What a page's style sheet imports as `runde:method`: those of the methods' views. */
const styles = (page) => ({
  name: 'styles',
  setup(on) {
    on.onResolve({ filter: /^runde:method$/ }, ({ path }) => ({ path, namespace: 'runde' }));
    on.onLoad({ filter: /./, namespace: 'runde' }, () => ({
      contents: sheetsModule(WEB, PROTOCOL, page),
      loader: 'css',
      resolveDir: WEB,
    }));
  },
});

const common = {
  bundle: true,
  minify: true,
  charset: 'utf8',
  write: false,
  logLevel: 'warning',
  target: targets,
};
const scripts = { ...common, format: 'esm', legalComments: 'none' };

/** A script that a page fetches, named by the hash of its text. */
function asset(text) {
  const path = `/a/${createHash('sha256').update(text).digest('hex').slice(0, 12)}.js`;
  return { path, text, gzip: packTightly(text), brotli: packBrotli(text) };
}

/**
 * What pages fetch when they first need it (shared/later.js): the reader of tables with what it is
 * made of, for every page that meets a table; and what whoever writes for others needs.
 */
const PIECES = {
  tables: { from: './shared/csv.js', pages: ['start', 'phone', 'console', 'board'] },
  desk: { from: './shared/writing.js', pages: ['console', 'minutes'] },
  stream: { from: './shared/stream.js', pages: ['console', 'board', 'minutes'] },
  hyphens: { from: './board/hyphens.js', pages: ['board'] },
};

async function bundlePiece([name, { from }]) {
  const contents = `import * as it from '${from}'; globalThis.runde_${name} = it;`;
  const built = await build({
    ...scripts,
    stdin: { contents, resolveDir: WEB },
    plugins: [ours(name, LOCALES[0], new Set())],
  });
  return { name, ...asset(built.outputFiles[0].text.trim()) };
}
const pieces = await Promise.all(Object.entries(PIECES).map(bundlePiece));
/** Pages that show nothing without a piece: it comes beside them, not after them. */
const AT_ONCE = { minutes: 'desk' };

/** What a page's first bytes begin; "": nothing. */
function earlyOf(page) {
  if (!EARLY.includes(page)) return '';
  const piece = pieces.find(({ name }) => name === AT_ONCE[page]);
  // The script is asked for again by shared/later.js, which finds it in the browser's cache.
  const fetching = piece ? `fetch("${piece.path}").catch(()=>{});` : '';
  return `if(location.hash[1]){${fetching}${page === 'minutes' ? '' : seeing}${connecting}}`;
}

/** Those that a page has the address of. */
const piecesOf = (page) => pieces.filter(({ name }) => PIECES[name].pages.includes(page));

const defined = (page, late = '') => ({
  'globalThis.RUNDE_PAGE': JSON.stringify(page),
  'globalThis.RUNDE_LATE': JSON.stringify(late),
  ...Object.fromEntries(
    pieces.map(({ name, path }) => [
      `globalThis.RUNDE_${name.toUpperCase()}`,
      JSON.stringify(path),
    ]),
  ),
});

/**
 * What the keys begin with that a page's scripts put together while running: read in the modules
 * that they are made of, so that a page carries no words of others.
 */
async function prefixesOf(page) {
  const entries = ['main.js', ...(LATE[page] ? [LATE[page]] : [])];
  const { metafile } = await build({
    ...scripts,
    absWorkingDir: WEB,
    outdir: 'unwritten',
    metafile: true,
    entryPoints: entries.map((entry) => join(page, entry)),
    define: defined(page),
    plugins: [ours(page, LOCALES[0], new Set())],
  });
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([path, { bytesInOutput }]) => bytesInOutput && /^[^:]*\.js$/.test(path))
      .map(([path]) => join(WEB, path)),
  );
  return prefixesIn(new Set(files));
}

/** A page in two scripts, of which the second is named by the hash of its text. */
async function bundleTwo(page, locale, prefixes) {
  const making =
    (late) =>
    ({ plugins = [], ...options }) =>
      build({
        ...scripts,
        ...options,
        define: defined(page, late),
        plugins: [...plugins, ours(page, locale, prefixes)],
      });
  const [main, entry] = ['main.js', LATE[page]].map((file) => join(WEB, page, file));
  const { first, rest, plugin } = await split(making('/a/00.js'), main, entry, WEB);
  const stdin = (contents) => ({ stdin: { contents, resolveDir: WEB } });
  const second = await making('')({ ...stdin(rest), plugins: [plugin] });
  const late = asset(second.outputFiles[0].text.trim());
  return { late, script: await making(late.path)(stdin(first)) };
}

async function bundleOne(page, locale, prefixes) {
  const script = await build({
    ...scripts,
    entryPoints: [join(WEB, page, 'main.js')],
    define: defined(page),
    plugins: [ours(page, locale, prefixes)],
  });
  return { late: null, script };
}

async function bundle(page, locale) {
  const prefixes = await prefixesOf(page);
  const { late, script } = await (LATE[page] ? bundleTwo : bundleOne)(page, locale, prefixes);
  const css = join(WEB, page, `${page}.css`);
  const style = existsSync(css)
    ? await build({
        ...common,
        entryPoints: [css],
        loader: { '.svg': 'dataurl', '.woff2': 'dataurl' },
        plugins: [styles(page)],
      })
    : null;
  const styleText = style ? style.outputFiles[0].text.trim() : '';
  return {
    late,
    script: script.outputFiles[0].text.trim(),
    style:
      page === 'phone' ? tighten(styleText, late.text + script.outputFiles[0].text) : styleText,
  };
}

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Pages that are kept for when there is no network: all but the first. */
const isKept = (page) => page !== 'start';

/** strict-dynamic: a script that is named by its hash may load the page's others. */
function policy(page, locale, { late, script, style }) {
  const later = piecesOf(page).map(({ name }) => name);
  const policies = ['lit-html', late ? 'late' : '', ...later, isKept(page) ? 'worker' : ''];
  return [
    `default-src 'none'`,
    `script-src ${hash(script)} ${hash(tooOld(locale))}${EARLY.includes(page) ? ` ${hash(earlyOf(page))}` : ''}${later.length ? ` 'strict-dynamic'` : ''}`,
    `style-src ${hash(style)}`,
    `img-src 'self' data:`,
    ...(page === 'console' ? [`frame-src 'self'`] : []),
    ...(isKept(page) ? [`worker-src 'self'`] : []),
    `form-action 'none'`,
    `base-uri 'none'`,
    `frame-ancestors ${page === 'board' ? `'self'` : `'none'`}`,
    `require-trusted-types-for 'script'`,
    `trusted-types ${policies.filter(Boolean).join(' ')}`,
  ].join('; ');
}

/**
 * A browser before those that are promised (browsers.json) has no showPicker. It says so by a script
 * that it reads, in the page's language, Danish and English; and as the page does not find its
 * place, nothing of it begins.
 */
const tooOld = (locale) => {
  const words = [...new Set([locale, 'da', 'en'])].map((each) => wordsOf(each).shared.too_old);
  return `if(!HTMLInputElement.prototype.showPicker){app.innerText=${JSON.stringify(words.join('\n\n'))};app.style.padding='2em';app.id=''}`;
};

const icon =
  `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E` +
  `%3Ccircle cx='8' cy='8' r='6' fill='none' stroke='%230b6b63' stroke-width='3'/%3E%3C/svg%3E`;

/** The phone's page has no byte to spare for one. */
const iconOf = (name) => (name === 'phone' ? 'data:,' : icon);

const document = ({ name, locale, title, script, style }) =>
  `<!doctype html><html lang=${locale}><meta charset=utf-8>${EARLY.includes(name) ? `<script>${earlyOf(name)}</script>` : ''}` +
  `<meta name=viewport content="width=device-width,initial-scale=1,viewport-fit=cover,interactive-widget=resizes-content">` +
  `<title>${title}</title><link rel=icon href="${iconOf(name)}"><style>${style}</style>` +
  `<body><div id=app></div><script>${tooOld(locale)}</script><script type=module>${script}</script>`;

async function make(name, locale) {
  const made = await bundle(name, locale);
  const { late, script, style } = made;
  if (/<\/script|<!--/i.test(script))
    throw new Error(`${name}: the script would end its own element`);
  const words = wordsOf(locale);
  const html = document({ name, locale, title: words[name]?.page ?? 'Runde', script, style });
  const gzip = TIGHT.includes(name) ? packTightly(html) : pack(html);
  const etag = `${createHash('sha256').update(html).digest('hex').slice(0, 20)}`;
  const brotli = packBrotli(html);
  return { name, locale, html, gzip, brotli, late, csp: policy(name, locale, made), etag };
}

/** The service worker, which is another one for each build: it is known by all that it may keep. */
async function bundleWorker(pages) {
  const all = [
    ...pieces.map(({ path }) => path),
    ...pages.map(({ etag, late }) => `${etag} ${late?.path}`),
  ].join();
  const version = createHash('sha256').update(all).digest('hex').slice(0, 16);
  const built = await build({
    ...scripts,
    entryPoints: [join(WEB, 'worker/worker.js')],
    define: {
      'globalThis.RUNDE_BUILD': JSON.stringify(version),
      'globalThis.RUNDE_EARLY': JSON.stringify(connecting),
      'globalThis.RUNDE_EARLY_HASH': JSON.stringify(hash(connecting)),
    },
  });
  const text = built.outputFiles[0].text.trim();
  return { path: '/sw.js', text, gzip: packTightly(text), brotli: packBrotli(text) };
}

function writeC(pages, worker) {
  const lates = [...pieces, ...pages.map((page) => page.late).filter(Boolean), worker];
  const packed = (...names) => names.map((name) => `{${name}, sizeof ${name}}`).join(', ');
  const assets = lates.map(
    (late, i) =>
      `    {${cString(late.path)}, "text/javascript; charset=utf-8", ${packed(`late_${i}`, `late_br_${i}`)}},`,
  );
  const data = pages.map(
    (page, i) =>
      `${cArray(`gzip_${i}`, page.gzip)}\n${cArray(`br_${i}`, page.brotli)}\n${cArray(`plain_${i}`, Buffer.from(page.html))}`,
  );
  const rows = pages.map(
    (page, i) =>
      `    {${cString(page.name)}, ${cString(page.locale)},\n     ${cString(page.csp)},\n` +
      `     ${packed(`gzip_${i}`, `br_${i}`)}, plain_${i}, sizeof plain_${i}, ${cString(page.etag)}},`,
  );
  data.push(
    ...lates.map(
      (late, i) => `${cArray(`late_${i}`, late.gzip)}\n${cArray(`late_br_${i}`, late.brotli)}`,
    ),
  );
  writeFileSync(
    join(gen, 'pages.gen.c'),
    `#include "net/pages.h"\n\n${data.join('\n')}\n\nconst struct page pages[] = {\n${rows.join('\n')}\n` +
      `    {NULL, NULL, NULL, {NULL, 0}, {NULL, 0}, NULL, 0, NULL},\n};\n\nconst struct asset assets[] = {\n${assets.join('\n')}\n    {NULL, NULL, {NULL, 0}, {NULL, 0}},\n};\n`,
  );
}

const only = argument('--only')?.split(',');
const isThere = (page) => existsSync(join(WEB, page)) && readdirSync(join(WEB, page)).length > 0;
mkdirSync(join(gen, 'pages'), { recursive: true });
const keep = ({ path, text }) => writeFileSync(join(gen, 'pages', path.replaceAll('/', '_')), text);
for (const piece of pieces) {
  keep(piece);
  console.log(`${piece.name}: ${piece.text.length} characters, ${piece.gzip.length} bytes gzip`);
}
const pages = [];
for (const name of PAGES.filter((page) => (only ? only.includes(page) : isThere(page)))) {
  for (const locale of LOCALES) {
    const page = await make(name, locale);
    pages.push(page);
    writeFileSync(join(gen, 'pages', `${name}.${locale}.html`), page.html);
    writeFileSync(join(gen, 'pages', `${name}.${locale}.csp`), page.csp);
    if (page.late) keep(page.late);
    console.log(
      `${name}.${locale}: ${page.html.length} characters, ${page.gzip.length} bytes gzip${page.late ? `, and later ${page.late.gzip.length}` : ''}`,
    );
    if (page.gzip.length > BUDGET[name]) {
      console.error(
        `${name}.${locale}: ${page.gzip.length - BUDGET[name]} bytes over its budget of ${BUDGET[name]}`,
      );
      process.exitCode = 1;
    }
  }
}
if (!only) {
  const worker = await bundleWorker(pages);
  keep(worker);
  console.log(`worker: ${worker.text.length} characters, ${worker.gzip.length} bytes gzip`);
  writeC(pages, worker);
}
