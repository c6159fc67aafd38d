import { paraglideVitePlugin } from '@inlang/paraglide-js'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { chunkGroups } from './build/chunk-groups.ts'
import { firstPaint } from './build/first-paint.ts'
import { leanMessages } from './build/lean-messages.ts'
import { paintFirst } from './build/paint-first.ts'
import { provideSeatsPageFiles } from './build/seats-page-files.ts'
import { serveLinePage } from './build/serve-line-page.ts'
import { serviceWorker } from './build/service-worker.ts'
import { browsers, messages, workers } from './build/shared-settings.ts'

const api = 'http://localhost:3000'

/** All pages but the line's, which is built by `vite.line.config.ts`; while developing, that one too. */
export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    paraglideVitePlugin(messages),
    leanMessages(),
    firstPaint(),
    paintFirst(),
    serveLinePage(),
    provideSeatsPageFiles(),
    serviceWorker({
      entry: 'index.html',
      lazy: [
        'src/design/toasts.tsx',
        'src/app/account-menu.tsx',
        'src/tickets/require-tickets.ts',
        'src/tickets/use-tickets.ts',
        'src/tickets/tickets-page.tsx',
        'src/tickets/ticket-page.tsx',
        'ical-generator/dist/index.mjs',
      ],
    }),
  ],
  worker: workers,
  build: {
    target: browsers,
    sourcemap: true,
    manifest: '.vite/pages.json',
    rolldownOptions: { output: { codeSplitting: { groups: chunkGroups } } },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      // the api answers its own pages alone: as such the calls arrive
      ['/trpc', '/geometry', '/config.json', '/admin/queues', '/admin/exports'].map((path) => [
        path,
        { target: api, ws: path === '/trpc', headers: { origin: api } },
      ]),
    ),
  },
})
