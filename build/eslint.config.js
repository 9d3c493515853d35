import js from '@eslint/js'
import n from 'eslint-plugin-n'
import svelte from 'eslint-plugin-svelte'
import { defineConfig, globalIgnores } from 'eslint/config'
import globals from 'globals'
import ts from 'typescript-eslint'

/** What a folder may not import. One row per folder: a later row replaces an earlier one, rows do not add up. */
const layer = (files, ...patterns) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
})
const bare = { regex: '^[^.]', message: 'The engine is pure: no packages, no node built-ins.' }
const electron = { regex: '^electron(/|$)', message: 'Only main/desktop (and preload) talk to Electron.' }
const leave = (...folders) => ({
  regex: `^\\.{1,2}/(.*/)?(${folders.join('|')})(/|\\.ts$|$)`,
  message: `This layer does not import ${folders.join(', ')}.`,
})
const typesOnly = (...folders) => ({
  ...leave(...folders),
  allowTypeImports: true,
  message: `Only types from ${folders.join(', ')}.`,
})

export default defineConfig(
  globalIgnores(['dist/', 'out/', 'coverage/', 'demo-output/', 'test-results/', '.runtime/', '.stryker/', '.vitest/']),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
  },
  { files: ['build/**/*.js'], extends: [ts.configs.disableTypeChecked], languageOptions: { globals: globals.node } },

  layer(['main/engine/**'], bare, leave('app', 'desktop', 'store', 'cloudflare', 'demo', 'preload', 'renderer')),
  layer(['main/cloudflare/**'], electron, leave('app', 'desktop', 'store', 'demo', 'preload', 'renderer')),
  layer(['main/store/**'], electron, leave('app', 'desktop', 'cloudflare', 'demo', 'preload', 'renderer')),
  layer(
    ['main/demo/**'],
    electron,
    { regex: '^cloudflare(/|$)', allowTypeImports: true, message: 'Only types from the SDK.' },
    leave('app', 'desktop', 'store', 'cloudflare', 'preload', 'renderer'),
  ),
  layer(['main/app/**'], electron, leave('desktop', 'store', 'cloudflare', 'demo', 'renderer')),
  layer(['main/desktop/**'], leave('app', 'store', 'cloudflare', 'demo', 'renderer')),
  layer(
    ['preload/index.ts', 'preload/confirm.ts'],
    typesOnly('contract', 'contract-types', 'confirm-contract', 'main'),
    leave('renderer'),
  ),
  layer(
    ['preload/contract.ts', 'preload/contract-types.ts', 'preload/confirm-contract.ts'],
    electron,
    typesOnly('engine'),
    leave('desktop', 'store', 'cloudflare', 'demo', 'renderer'),
  ),
  layer(
    ['renderer/**'],
    electron,
    { regex: '^(node:|zod$)', message: 'No Node and no schemas in the renderer.' },
    typesOnly('preload', 'main'),
  ),
  layer(
    ['renderer/{views,parts,lib}/**'],
    electron,
    { regex: '^(node:|zod$)', message: 'No Node and no schemas.' },
    typesOnly('preload', 'main', 'state'),
  ),

  {
    files: ['main/engine/**'],
    rules: {
      'no-restricted-globals': ['error', 'Date', 'performance', 'globalThis'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random' },
        { object: 'Date', property: 'now' },
      ],
    },
  },
  {
    files: ['main/**'],
    ignores: ['main/engine/**'],
    plugins: { n },
    settings: { node: { version: '20.18.0' } }, // the oldest runtime we test on is Electron 33
    rules: { 'n/no-unsupported-features/node-builtins': 'error', 'n/no-unsupported-features/es-builtins': 'error' },
  },
  {
    files: ['test/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'no-console': 'off' },
  },
)
