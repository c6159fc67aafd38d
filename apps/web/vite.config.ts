import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

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
    proxy: Object.fromEntries(
      // the api answers its own pages alone: as such the calls arrive
      ['/trpc', '/geometry', '/config.json', '/admin/queues'].map((path) => [
        path,
        { target: api, ws: path === '/trpc', headers: { origin: api } },
      ]),
    ),
  },
})

const texts = /\.(js|css|html|svg)$/
/** Below this a compressed twin saves less than its headers cost. */
const minBytes = 1_024

/** Writes a `.br` and a `.gz` beside each text of the build: compressed once here, not for each fan there. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    async writeBundle({ dir }) {
      if (dir === undefined) return
      const files = await readdir(dir, { recursive: true })
      await Promise.all(files.filter((file) => texts.test(file)).map((file) => writeTwins(join(dir, file))))
    },
  }
}

async function writeTwins(path: string): Promise<void> {
  const text = await readFile(path)
  if (text.length < minBytes) return
  const [brotli, zipped] = await Promise.all([promisify(brotliCompress)(text), promisify(gzip)(text)])
  await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, zipped)])
}
