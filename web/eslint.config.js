// eslint.config.js -- what the linter asks of our JavaScript. Its form is prettier's (.prettierrc).
import js from '@eslint/js';
import globals from 'globals';

/** Newer than Debian 12's node, which runs the tests, and than many phones at a table. */
const TOO_NEW = ['toReversed', 'toSorted', 'toSpliced', 'toWellFormed', 'isWellFormed'];

export default [
  { ignores: ['**/node_modules/**'] },
  js.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-properties': [
        'error',
        ...TOO_NEW.map((property) => ({ property, message: 'Node 18 and older phones lack it.' })),
      ],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-unexpected-multiline': 'off', // prettier sees to it
      'object-shorthand': 'error',
    },
  },
];
