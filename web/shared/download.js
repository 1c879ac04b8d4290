// download.js -- the finished minutes, and what else a meeting gives as a file.

/** A name that every system takes: "Alle med" -> "referat-alle-med". */
export const fileName = (title, extension, before) => {
  const plain = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${[before, plain].filter(Boolean).join('-')}.${extension}`;
};

/**
 * Asks for a file of a meeting and hands it over.
 * @param {{code: string, key: string, what: string, name: string, get?: typeof fetch}} it  what:
 *   under the meeting's address
 * @returns {Promise<string | null>}  null, or why not: 'offline' or a refusal's code
 */
export async function fetchFile({ code, key, what, name, get = fetch }) {
  let answer;
  try {
    answer = await get(`/api/meetings/${encodeURIComponent(code)}/${what}`, {
      headers: { Authorization: `Bearer ${key}` },
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
  } catch {
    return 'offline';
  }
  if (!answer.ok) return answer.status === 503 || answer.status === 429 ? 'busy' : 'forbidden';
  const url = URL.createObjectURL(await answer.blob());
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  return null;
}

/**
 * The minutes.
 * @param {{code: string, key: string, format: import('runde:protocol').FileFormat, edition: 'participants' |
 *   'facilitator' | 'public', name: string, get?: typeof fetch}} it
 */
export const fetchMinutes = ({ format, edition, ...it }) =>
  fetchFile({ ...it, what: `minutes?edition=${edition}&format=${format}` });
