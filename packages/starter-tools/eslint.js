import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import { defineConfig, globalIgnores } from 'eslint/config'
import globals from 'globals'
import ts from 'typescript-eslint'

// The flow of the house: browser -> apps/web -> /api on apps/server -> packages/wechat-core -> store | WeChat;
// and apps/web -> packages/wechat-web -> Tencent's script -> WeChat.
// No import points left. A rule names what a room may not know, and why.
const TESTS = ['**/*.test.ts', '**/testServer.ts', '**/*.testing.ts', 'packages/wechat-core/src/testing/**']
const across = { group: ['**/apps/**', '**/packages/**'], message: 'Import a package by its name.' }

function room(files, forbidden, ignores = TESTS) {
  const patterns = [...forbidden.map(([group, message]) => ({ group, message })), across]
  return { files, ignores, rules: { 'no-restricted-imports': ['error', { patterns }] } }
}

const NO_APP = [
  ['wechat-core', 'wechat-core/*', 'wechat-sandbox', 'wechat-sandbox/*', '@app/*', '@/*', 'node:*'],
  'This runs in the browser, on any site.',
]

export default defineConfig(
  globalIgnores(['**/dist', '**/.turbo', 'data', 'test-results', 'playwright-report']),
  js.configs.recommended,
  ts.configs.strict,
  vue.configs['flat/recommended'],
  {
    languageOptions: { globals: globals.node },
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Node runs this as it is: no enums.' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  {
    files: [
      'apps/web/src/**',
      'packages/wechat-web/src/**',
      'packages/wechat-sandbox/src/{native/page,phone}/**/*.ts',
    ],
    languageOptions: { globals: globals.browser },
  },
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    files: [
      '**/main.ts',
      'apps/server/src/articles/checkContent.ts',
      'packages/starter-tools/**',
      'e2e/**',
      'examples/**',
    ],
    rules: { 'no-console': 'off' },
  },
  { files: ['e2e/**'], rules: { 'no-empty-pattern': 'off' } }, // Playwright's fixtures ask for it

  room(
    ['apps/web/src/**'],
    [
      [['wechat-core', 'wechat-core/*'], 'Secrets and signing stay on the server: ask its API.'],
      [['wechat-sandbox', 'wechat-sandbox/*'], 'The page cannot know that it runs in a sandbox.'],
      [['@app/server/*', '!@app/server/contract', 'express', 'zod', 'node:*'], 'This runs in the browser.'],
    ],
  ),
  {
    files: ['apps/web/src/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          name: '@app/server/contract',
          allowTypeImports: true,
          message: 'Only its types: the rest is code of the server.',
        },
      ],
    },
  },
  room(
    ['apps/server/src/**'],
    [
      [['wechat-sandbox', 'wechat-sandbox/*'], 'The server cannot know that its WeChat is a sandbox.'],
      [['@app/web', '@app/web/*', 'vue'], 'The web app is served, not imported.'],
    ],
  ),
  room(
    ['packages/starter-server/src/**'],
    [
      [
        ['@app/*', 'wechat-sandbox', 'wechat-sandbox/*', 'vue'],
        'What stands before the routes knows none of them.',
      ],
    ],
  ),
  room(
    ['packages/wechat-core/src/**'],
    [
      [['express', 'express-*', 'vue', '@app/*'], 'The core knows no framework and no app.'],
      [['wechat-sandbox', 'wechat-sandbox/*'], 'The core cannot know that its WeChat is a sandbox.'],
    ],
  ),
  room(
    ['packages/wechat-web/src/**'],
    [NO_APP, [['vue', 'vue-router'], 'Vue is for src/vue/ and src/debug/ only.']],
  ),
  room(
    ['packages/wechat-web/src/{vue,debug}/**'],
    [NO_APP, [['vue-router'], 'A page may have another router, or none.']],
  ),
  room(['packages/wechat-core/src/stores/**'], [[['../*'], 'A store knows only the store contract.']]),
  {
    files: ['packages/wechat-core/src/**'],
    ignores: TESTS,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Options come in as arguments.' },
      ],
    },
  },
  room(
    ['packages/wechat-sandbox/src/**'],
    [
      [
        ['wechat-core', 'wechat-core/*', '@app/*', 'vue'],
        'The sandbox is an independent emulation: shared code would hide shared mistakes.',
      ],
    ],
    [],
  ),
  prettier,
)
