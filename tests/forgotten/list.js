// list.js -- what somebody may forget, as deletions: each by itself must keep the tree from being
// built, for the reason that is given.
import { basename } from 'node:path';

/**
 * @typedef {{name: string, says: RegExp, pages?: boolean,
 *   remove: (tree: import('./tree.js').Tree) => void}} Deletion
 *    says: what the build complains of. pages: it is that of the pages, and not of the server.
 */

/** Takes out what `pattern` finds, which must be once in all the C files of the folder. */
function cut(tree, folder, pattern) {
  const found = tree.files(folder, '.c').filter((path) => pattern.test(tree.read(path)));
  const [path] = found;
  const parts = path ? tree.read(path).split(pattern) : [];
  if (found.length !== 1 || parts.length !== 2)
    throw new Error(`${pattern} stands in ${found.length} files of ${folder}, and not once in one`);
  tree.change(path, parts.join(''));
}

/** @type {(name: string) => Deletion} */
const theFunction = (name) => ({
  name: `the function ${name}`,
  says: new RegExp(`undefined reference to \`${name}'|defined but not used`),
  remove: (tree) =>
    cut(
      tree,
      'server/engine',
      new RegExp(`^(?:enum \\w+|bool|void)\\s${name}\\([^;{]*\\n{[^]*?^}\\n`, 'm'),
    ),
});

/** @type {(file: string, name: string, says: RegExp) => Deletion} */
const theColumn = (file, name, says) => ({
  name: `"${name}" of ${file}`,
  says,
  remove(tree) {
    const path = `protocol/${file}.json`;
    const { [name]: gone, ...rest } = JSON.parse(tree.read(path));
    if (gone === undefined) throw new Error(`${path} has no "${name}"`);
    tree.change(path, JSON.stringify(rest));
  },
});

/** @type {(file: string, hook: string, says: RegExp) => Deletion} */
const theHook = (file, hook, says) => ({
  name: `the hook "${hook}" of ${file}`,
  says,
  remove(tree) {
    const path = `protocol/${file}.json`;
    const { hooks, ...rest } = JSON.parse(tree.read(path));
    if (!hooks?.includes(hook)) throw new Error(`${path} has no hook "${hook}"`);
    tree.change(path, JSON.stringify({ ...rest, hooks: hooks.filter((each) => each !== hook) }));
  },
});

/** @type {(path: string, says: RegExp, pages?: boolean) => Deletion} */
const theFile = (path, says, pages = false) => ({
  name: path,
  says,
  pages,
  remove: (tree) => tree.change(path, null),
});

/** One of each kind. */
export const deletions = [
  theFile('protocol/methods/dialogue.json', /word for more/),
  theFile('server/engine/method/retrospect.c', /retrospect_end/),
  theColumn('methods/spiral', 'traits', /spiral/),
  theColumn('methods/retrospect', 'state', /retrospect/),
  theColumn('methods/retrospect', 'hooks', /retrospect/),
  theHook('methods/retrospect', 'contribute', /retrospect_contribute/),
  theHook('methods/retrospect', 'see', /the hook see/),
  theColumn('commands/floor.give', 'undo', /floor\.give/),
  theColumn('commands/turn.done', 'undo', /turn\.done/),
  theColumn('facts/contribution.added', 'room', /contribution_added_room/),
  theFunction('hand_raise_decide'),
  theFunction('hand_raised_apply'),
  theFunction('note_saved_room'),
  theFunction('seat_change_keep'),
  theFunction('seat_change_back'),
  theFunction('retro_shown_apply'),
  theFunction('retrospect_end'),
  ...['phone', 'board', 'console'].map((page) =>
    theFile(`web/method/dialogue/${page}.js`, new RegExp(`method/dialogue/${page}`), true),
  ),
];

/** Every function that protogen asks for, and every view of a method. */
export function all(tree, made) {
  const asked = [
    ...made.matchAll(/^(?:enum refusal|bool|void) (\w+_(?:decide|keep|back|room|apply))\(/gm),
    ...made.matchAll(/^hook_\w+ (\w+);$/gm),
  ];
  const functions = asked.map(([, name]) => name).filter((name) => !name.startsWith('dispatch_'));
  if (functions.length < 100) throw new Error('what protogen asks for is not found');
  const views = tree
    .files('web', '.js')
    .filter((path) => /^web\/method\/\w+\/\w+\.js$/.test(path))
    .map((path) => theFile(path, new RegExp(basename(path, '.js')), true));
  return [...deletions, ...functions.map(theFunction), ...views];
}
