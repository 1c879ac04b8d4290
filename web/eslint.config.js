// eslint.config.js -- what the linter asks of our JavaScript. Its form is prettier's (.prettierrc); what
// old browsers lack is compat.js's.
import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['**/node_modules/**'] },
  js.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
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
