import { defineConfig } from 'vite'

/** What is not wanted of the libraries, and what stands in its place. */
const LEFT_OUT: [file: RegExp, text: string][] = [
  // Messages in the two languages that the command speaks.
  [
    /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/,
    "export { default as en } from './en.js'\nexport { default as zhCN } from './zh-CN.js'",
  ],
  // Tables for bodies in Chinese charsets, which nobody sends to WeChat: such a body is answered with 415.
  [/[\\/]iconv-lite[\\/]encodings[\\/]dbcs-data\.js$/, 'module.exports = {}'],
]

// The command and the library in few files, which they share: to find and read hundreds of them takes longer than to run
// them, and a package that has both forms is twice as large. Their place is the root of dist, from where sourceFile.ts
// finds the files that are read while they run.
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node20',
    minify: true,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: { cli: 'src/cli/main.ts', index: 'src/index.ts', 'testing/index': 'src/testing/index.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'part-[name].js' },
    },
  },
  // All but what few starts need: YAML for `--config`, certificates for `--intercept`, and the SDK's script, which is read
  // from its package. Playwright is the site's own.
  ssr: { noExternal: true, external: ['weixin-js-sdk', 'yaml', 'node-forge', '@playwright/test'] },
  plugins: [
    {
      name: 'left out',
      enforce: 'pre',
      load: (id) => LEFT_OUT.find(([file]) => file.test(id))?.[1],
    },
  ],
})
