// texts.js -- texts that people read and that stand in a page's source instead of in locale/.

/**
 * The html`…` and svg`…` of a module, each with its values as \u0000; templates within values are
 * templates of their own.
 */
export function templatesOf(source) {
  const found = [];
  const read = (from) => {
    let text = '';
    let i = from;
    for (; i < source.length && source[i] !== '`'; i++) {
      if (source[i] === '\\') text += source[++i];
      else if (source.startsWith('${', i)) {
        i = value(i + 2);
        text += '\u0000';
      } else text += source[i];
    }
    return { text, end: i };
  };
  /** The brace that closes a value. */
  const value = (from) => {
    let depth = 0;
    for (let i = from; i < source.length; i++) {
      const c = source[i];
      if (c === '`') i = template(i);
      else if (c === "'" || c === '"') i = quoted(i);
      else if (c === '{') depth++;
      else if (c === '}' && depth-- === 0) return i;
    }
    throw new Error('a value without an end');
  };
  const quoted = (i) => {
    const quote = source[i++];
    while (source[i] !== quote && source[i] !== '\n') i += source[i] === '\\' ? 2 : 1;
    return i;
  };
  const template = (tick) => {
    const { text, end } = read(tick + 1);
    if (/(html|svg)$/.test(source.slice(Math.max(0, tick - 4), tick))) found.push(text);
    return end;
  };
  for (let i = 0; i < source.length; i++) {
    if (source.startsWith('//', i) && !/[:'"`\\]/.test(source[i - 1] ?? ''))
      i = source.indexOf('\n', i);
    else if (source.startsWith('/*', i)) i = source.indexOf('*/', i) + 1;
    else if (source[i] === '`') i = template(i);
    else if (source[i] === "'" || source[i] === '"') i = quoted(i);
    else if (source[i] === '/' && /[(,=:[!&|?{};]\s*$/.test(source.slice(Math.max(0, i - 3), i)))
      i = pattern(source, i);
    if (i < 0) break;
  }
  return found;
}

/** The end of a regular expression. */
function pattern(source, i) {
  let set = false;
  for (let k = i + 1; k < source.length && source[k] !== '\n'; k++) {
    if (source[k] === '\\') k++;
    else if (source[k] === '[') set = true;
    else if (source[k] === ']') set = false;
    else if (source[k] === '/' && !set) return k;
  }
  return i;
}

const READ_OUT =
  /\s(aria-label|aria-description|aria-roledescription|title|placeholder|alt|label)=("[^"]*"|'[^']*'|[^\s>"']+)/g;

/** What of a template people would read: its texts, and those attributes that are read out. */
export function textsIn(template) {
  const attributes = [...template.matchAll(READ_OUT)].map(([, , value]) => value);
  const between = template
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(?:"[^"]*"|'[^']*'|[^>"'])*>/g, '\n')
    .split(/[\n\0]/);
  return [...attributes, ...between]
    .map((text) => text.replace(/&\w+;|\0/g, ' ').trim())
    .filter((text) => /\p{L}/u.test(text.replace(/https?:\/\/|\b[A-Z0-9]*\d[A-Z0-9]*\b/g, '')));
}
