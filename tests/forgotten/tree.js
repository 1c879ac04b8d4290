// tree.js -- a copy of the tree that is changed and put back again.
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const COPIED = ['CMakeLists.txt', 'server', 'protocol', 'tests', 'web'];

export class Tree {
  /** @param {string} home @param {string} root the copy; what was built there before is used again */
  constructor(home, root) {
    this.root = root;
    /** @type {Map<string, string>} */
    this.was = new Map();
    mkdirSync(root, { recursive: true });
    for (const each of COPIED) {
      rmSync(join(root, each), { recursive: true, force: true });
      cpSync(join(home, each), join(root, each), {
        recursive: true,
        preserveTimestamps: true,
        filter: (path) => !path.includes('node_modules'),
      });
    }
    symlinkSync(join(home, 'web/node_modules'), join(root, 'web/node_modules'));
  }

  /** The files of a folder and of those in it, with this ending. */
  files(folder, ending) {
    return /** @type {string[]} */ (readdirSync(join(this.root, folder), { recursive: true }))
      .filter((path) => path.endsWith(ending))
      .map((path) => join(folder, path));
  }

  read(path) {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** @param {string} path @param {string | null} text null: the file goes */
  change(path, text) {
    if (!this.was.has(path)) this.was.set(path, this.read(path));
    if (text === null) rmSync(join(this.root, path));
    else writeFileSync(join(this.root, path), text);
  }

  /** As it was, and newer than whatever was built of the change. */
  restore() {
    for (const [path, text] of this.was) writeFileSync(join(this.root, path), text);
    this.was.clear();
  }
}
