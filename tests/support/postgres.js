/**
 * postgres.js -- a PostgreSQL for tests in JavaScript (postgres.sh), which ends with this process.
 */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const script = new URL('postgres.sh', import.meta.url).pathname;
let folder = '';

const asked = promisify(execFile);
const begin = () =>
  execFileSync(script, ['start', String(process.pid)], { encoding: 'utf8' }).trim();

/** The connection string of a database that is made for the caller. @param {string} name */
export function database(name) {
  folder ||= begin();
  sql('postgres', `CREATE DATABASE ${name}`);
  return urlOf(name);
}

const urlOf = (name, hosts = folder) => `postgresql://runde@/${name}?host=${hosts}`;
const words = (url, text) => ['-qXAtv', 'ON_ERROR_STOP=1', url, '-c', text];

/** What SQL says in a database, a row a line. @param {string} name @param {string} text */
export const sql = (name, text) =>
  execFileSync('psql', words(urlOf(name), text), { encoding: 'utf8' }).trim();

const sample = new URL('../../server/deploy/postgresql.sql', import.meta.url).pathname;

/**
 * A database with the two roles of postgresql.sql, and how each connects.
 * @param {string} name
 */
export function roles(name) {
  folder ||= begin();
  const names = { database: name, owner: `${name}_owner`, server: `${name}_server` };
  const words = Object.entries(names).flatMap(([what, is]) => ['-v', `${what}=${is}`]);
  const psql = ['-qX', '-v', 'ON_ERROR_STOP=1', ...words, '-f', sample, urlOf('postgres')];
  execFileSync('psql', psql, { encoding: 'utf8' });
  const as = (role) => urlOf(name).replace('//runde@', `//${role}@`);
  return { name, owner: as(names.owner), server: as(names.server) };
}

/** "halt", "resume", "restart", "freeze" or "thaw". @param {string} action */
export const control = (action) => execFileSync(script, [action, folder, 'fast']);

/**
 * Two of them: one that leads, and its synchronous standby. Nothing stands still here while one of
 * them does what it is told.
 */
export async function pair() {
  const folders = [begin()];
  const { stdout } = await asked(script, ['standby', folders[0], String(process.pid)]);
  folders.push(stdout.trim());
  let leads = 0;
  const tell = (action, ...args) => asked(script, [action, ...args]);
  const say = async (name, text) =>
    (
      await asked('psql', words(urlOf(name, folders[leads]), text), { maxBuffer: 1 << 28 })
    ).stdout.trim();
  return {
    folders,
    /** As `sql`, of whichever leads. */
    say,
    /** The connection string of a new database, by both. @param {string} name */
    async database(name) {
      await say('postgres', `CREATE DATABASE ${name}`);
      return urlOf(name, folders.join());
    },
    /** To the one that leads: "kill", "restart", "freeze" or "thaw". */
    leader: (action) => tell(action, folders[leads]),
    /** The same to the other one. */
    standby: (action) => tell(action, folders[1 - leads]),
    /** The other one leads from now on. */
    async promote() {
      leads = 1 - leads;
      await tell('promote', folders[leads]);
    },
    /** The one that was killed comes back, as the standby. */
    follow: () => tell('follow', folders[1 - leads], folders[leads]),
  };
}
