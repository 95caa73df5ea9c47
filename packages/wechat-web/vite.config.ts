import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** One file for a `<script>` element; the modules of the package are tsc's. */
export default defineConfig({
  build: {
    target: ['chrome87', 'safari14'],
    emptyOutDir: false,
    lib: {
      entry: fileURLToPath(new URL('src/script.ts', import.meta.url)),
      formats: ['iife'],
      name: 'wechatWebScript',
      fileName: () => 'wechat-web.js',
    },
  },
})
