/**
 * postgres.js -- a PostgreSQL for tests in JavaScript (postgres.sh), which ends with this process.
 */
import { execFileSync } from 'node:child_process';

const script = new URL('postgres.sh', import.meta.url).pathname;
let folder = '';

function begin() {
  folder ||= execFileSync(script, ['start', String(process.pid)], { encoding: 'utf8' }).trim();
}

/** The connection string of a database that is made for the caller. @param {string} name */
export function database(name) {
  begin();
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

const sample = new URL('../../server/deploy/postgresql.sql', import.meta.url).pathname;

/**
 * A database with the two roles of postgresql.sql, and how each connects.
 * @param {string} name
 */
export function roles(name) {
  begin();
  const names = { database: name, owner: `${name}_owner`, server: `${name}_server` };
  const words = Object.entries(names).flatMap(([what, is]) => ['-v', `${what}=${is}`]);
  const psql = ['-qX', '-v', 'ON_ERROR_STOP=1', ...words, '-f', sample, urlOf('postgres')];
  execFileSync('psql', psql, { encoding: 'utf8' });
  const as = (role) => urlOf(name).replace('//runde@', `//${role}@`);
  return { name, owner: as(names.owner), server: as(names.server) };
}
