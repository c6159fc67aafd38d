import { fileURLToPath } from 'node:url'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { firstPaint } from './build/first-paint.ts'
import { leanMessages } from './build/lean-messages.ts'
import { paintFirst } from './build/paint-first.ts'
import { provideSeatsPageFiles } from './build/seats-page-files.ts'
import { browsers, messages, workers } from './build/shared-settings.ts'

/**
 * The line page by itself, small enough for everybody to load at once: Preact in React's place (the same components), no
 * router, no query cache, a style sheet of its own. Built into the folder of the other pages, after them.
 */
export default defineConfig({
  plugins: [
    tailwindcss(),
    paraglideVitePlugin(messages),
    leanMessages(),
    firstPaint(),
    paintFirst(),
    provideSeatsPageFiles(),
  ],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    alias: {
      'react-dom/client': 'preact/compat/client',
      'react/jsx-runtime': 'preact/jsx-runtime',
      react: 'preact/compat',
      'lucide-react': fileURLToPath(new URL('src/line/icons.tsx', import.meta.url)),
    },
  },
  worker: workers,
  build: {
    target: browsers,
    sourcemap: true,
    manifest: '.vite/line.json',
    copyPublicDir: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: 'line.html' },
  },
})
