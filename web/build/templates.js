// templates.js -- takes the comments out of a module, and the whitespace of the source out of
// html`…` and svg`…`.
//
// A run of it becomes one space, and none where it is never seen: beside a block, and at the edges
// within a button. A line break means what a space does, as it does in HTML and to prettier, which
// puts the one for the other wherever a line has grown too long.

/** @param {string} source  a module */
export function minifyTemplates(source) {
  let out = '';
  let i = 0;
  while (i < source.length) {
    const tag = /^(html|svg)`/.exec(source.slice(i, i + 5));
    if (tag && !/[\w$.]/.test(source[i - 1] ?? '')) {
      const read = template(source, i + tag[0].length);
      out += tag[0] + read.text;
      i = read.end;
    } else {
      const skip = token(source, i);
      if (!/^\/[/*]/.test(source.slice(i, i + 2))) out += source.slice(i, skip);
      i = skip;
    }
  }
  return out;
}

/** The end of the string, plain template, pattern or comment at `i`, or of the one character. */
function token(source, i) {
  const char = source[i];
  if (char === '`') return plainEnd(source, i + 1);
  if (char === "'" || char === '"') {
    let end = i + 1;
    while (source[end] !== char && end < source.length) end += source[end] === '\\' ? 2 : 1;
    return end + 1;
  }
  if (source.startsWith('//', i)) return lineEnd(source, i);
  if (source.startsWith('/*', i)) return source.indexOf('*/', i) + 2;
  if (char === '/' && /(?:[(,=:[!&|?{};+>]|return)\s*$/.test(source.slice(Math.max(0, i - 12), i)))
    return patternEnd(source, i);
  return i + 1;
}

/** The end of the regular expression at `i`. */
function patternEnd(source, i) {
  let inClass = false;
  for (let end = i + 1; end < source.length && source[end] !== '\n'; end++) {
    if (source[end] === '\\') end++;
    else if (source[end] === '[') inClass = true;
    else if (source[end] === ']') inClass = false;
    else if (source[end] === '/' && !inClass) return end + 1;
  }
  return i + 1;
}

const lineEnd = (source, i) => {
  const end = source.indexOf('\n', i);
  return end < 0 ? source.length : end;
};

/** The rest of a template from `i` on, minified, and where it ends: after its back-tick. */
function template(source, i) {
  const chunks = [];
  let chunk = '';
  for (;;) {
    if (source[i] === '\\') {
      chunk += source.slice(i, i + 2);
      i += 2;
    } else if (source[i] === '`') {
      chunks.push(chunk);
      break;
    } else if (source.startsWith('${', i)) {
      const end = expressionEnd(source, i + 2);
      chunks.push(chunk, minifyTemplates(source.slice(i + 2, end)));
      chunk = '';
      i = end + 1;
    } else chunk += source[i++];
  }
  return { text: `${join(chunks)}\``, end: i + 1 };
}

/**
 * Where the brace that closes an expression stands: strings and templates within it are skipped
 * whole.
 */
function expressionEnd(source, i) {
  let depth = 0;
  for (;;) {
    const char = source[i];
    if (char === '`') i = plainEnd(source, i + 1);
    else if (char === '}' && depth-- === 0) return i;
    else {
      if (char === '{') depth++;
      i = token(source, i);
    }
  }
}

function plainEnd(source, i) {
  for (;;) {
    if (source[i] === '`') return i + 1;
    if (source.startsWith('${', i)) i = expressionEnd(source, i + 2) + 1;
    else i += source[i] === '\\' ? 2 : 1;
  }
}

/** Whitespace before and behind these tags is never seen. */
const BLOCKS = [
  'article aside blockquote br caption colgroup datalist dd details dialog div dl dt fieldset',
  'figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol optgroup option p',
  'section summary table tbody td tfoot th thead tr ul',
  'circle defs ellipse g line path pattern polygon polyline rect text use', // Of a drawing.
]
  .join(' ')
  .replaceAll(' ', '|');
/** Nor at the edges within these. */
const BOXES = 'button|select|svg';
const REST = `(?:"[^"]*"|'[^']*'|[^<>"'])*>`;
const TAG = new RegExp(`</?\\w${REST}`, 'g');
const BEHIND = new RegExp(`(</?(?:${BLOCKS})\\b${REST}|<(?:${BOXES})\\b${REST}) `, 'g');
const BEFORE = new RegExp(` (?=</?(?:${BLOCKS})\\b|</(?:${BOXES})\\b)`, 'g');

/** The chunks of a template, texts and values in turn, as one text. */
function join(chunks) {
  const values = [];
  return chunks
    .map((chunk, n) => (n % 2 ? `\0${values.push(chunk) - 1}\0` : chunk.replace(/\s+/g, ' ')))
    .join('')
    .replace(TAG, (tag) => tag.replace(/ >$/, '>').replace(/([^\0]) \/>$/, '$1/>'))
    .replace(BEHIND, '$1')
    .replace(BEFORE, '')
    .replace(/\0(\d+)\0/g, (_, n) => `\${${values[n]}}`);
}
