/**
 * postgres.js -- a PostgreSQL for tests in JavaScript (postgres.sh), which ends with this process.
 */
import { execFileSync } from 'node:child_process';

const script = new URL('postgres.sh', import.meta.url).pathname;
let folder = '';

/** The connection string of a database that is made for the caller. @param {string} name */
export function database(name) {
  folder ||= execFileSync(script, ['start', String(process.pid)], { encoding: 'utf8' }).trim();
  sql('postgres', `CREATE DATABASE ${name}`);
  return urlOf(name);
}

const urlOf = (name) => `postgresql://runde@/${name}?host=${folder}`;

/** What SQL says in a database, a row a line. @param {string} name @param {string} text */
export const sql = (name, text) =>
  execFileSync('psql', ['-qXAtv', 'ON_ERROR_STOP=1', urlOf(name), '-c', text], {
    encoding: 'utf8',
  }).trim();

/** "halt" or "resume". @param {string} action */
export const control = (action) => execFileSync(script, [action, folder, 'fast']);
