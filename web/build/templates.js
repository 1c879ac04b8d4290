// templates.js -- takes the comments out of a module, and the whitespace of the source out of
// html`…` and svg`…`.
//
// Whitespace with a line break in it, next to a tag or filling a gap between values outside of
// tags, is layout of the source and goes; any other run becomes one space. Text that needs a space
// at a line's end says ${' '}.

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

function join(chunks) {
  let inTag = false;
  let out = '';
  chunks.forEach((chunk, n) => {
    if (n % 2) {
      out += `\${${chunk}}`;
      return;
    }
    const bare = chunk.trim() === '' && chunk.includes('\n') && !inTag;
    const start = n === 0;
    const end = n === chunks.length - 1;
    const text = bare ? '' : squeeze(chunk, inTag, start, end);
    for (const char of chunk) inTag = char === '<' ? true : char === '>' ? false : inTag;
    out += text;
  });
  return out;
}

function squeeze(chunk, inTag, start, end) {
  let text = chunk.replace(/\s+/g, (run) => (run.includes('\n') ? '\n' : ' '));
  text = text
    .replace(/>\n/g, '>')
    .replace(/\n</g, '<')
    .replace(/\n(\/?>)/g, '$1');
  if (start) text = text.replace(/^\n/, '');
  if (end && !inTag) text = text.replace(/\n$/, '');
  return text.replace(/\n/g, ' ');
}
