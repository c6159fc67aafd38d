import { paraglideVitePlugin } from '@inlang/paraglide-js'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { precompress } from './precompress.ts'

const api = 'http://localhost:3000'

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    precompress(),
    // The same options as the `generate` script, so that either one's output fits the other.
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/paraglide',
      strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
    }),
  ],
  // Browsers that know `light-dark()`: rewritten for older ones it would be decided once, at the root.
  build: { target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'], sourcemap: true },
  server: {
    port: 5173,
    proxy: {
      '/trpc': { target: api, ws: true },
      '/geometry': api,
      '/config.json': api,
      '/admin/queues': api,
    },
  },
})
