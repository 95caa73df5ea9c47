import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import {
  browserFiles,
  isForServer,
  onlyBrowserFiles,
  reloadContent,
  sayDown,
  showServerState,
} from 'starter-tools/vite'
import { defineConfig } from 'vite'

// In development Vite is the one address for people and hands the API and all pages to the server, so that a page is
// the same as in production. The hmr settings stay as they are: Vite's client uses the address of the page, which is
// right for localhost and for a tunnel.
const server = process.env['SERVER_URL'] ?? 'http://127.0.0.1:3000'
const publicUrl = process.env['PUBLIC_URL']

export default defineConfig({
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('wx-open-') } } }),
    onlyBrowserFiles(),
    showServerState(),
    reloadContent(path('../../content')),
  ],
  resolve: { alias: { '@': path('./src'), '@content': path('../../content') } },
  // No component here is written with options, and the visitors' browsers need no hooks for Vue's devtools.
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    // The WebViews inside WeChat: Android has its own engine, at Chrome 89 in phones that are years behind; iOS has that
    // of the system, and WeChat runs on iOS 14 and newer. Syntax is compiled for them; that no newer function is called,
    // `lib` in tsconfig.json sees to.
    target: ['chrome87', 'safari14'],
    // Said once more for styles: "safari14" is the one on a desk, which never had -webkit-text-size-adjust.
    cssTarget: ['chrome87', 'ios14'],
    // What stands in for it runs when all that it could fetch early is there: an iPhone before iOS 17 gains nothing by it.
    modulePreload: { polyfill: false },
    // Vue changes seldom: a release of the pages leaves it in people's caches.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'vue', test: /node_modules[\\/](@vue|vue|vue-router)[\\/]/ }] },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    strictPort: true,
    fs: browserFiles(path('../..')),
    forwardConsole: false, // visitors through a tunnel would write into the terminal
    allowedHosts: publicUrl ? [new URL(publicUrl).hostname] : [],
    proxy: {
      '/': {
        target: server,
        bypass: (req) => (isForServer(req.url ?? '/') ? undefined : req.url),
        configure: (proxy) =>
          proxy.on('error', (error, req, res) => 'writeHead' in res && sayDown(req, res, error.message)),
      },
    },
  },
})

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url))
}
