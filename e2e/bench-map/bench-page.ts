import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import type { BrowserContext } from 'playwright-core'

const web = join(import.meta.dirname, '../../apps/web')

/** The built bench page, laid over a server's `/bench-map/` in one browser: no server has it. */
export type BenchPage = {
  readonly serveIn: (context: BrowserContext) => Promise<void>
  readonly remove: () => Promise<void>
}

export async function buildBenchPage(): Promise<BenchPage> {
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-bench-map-'))
  const config = join(web, 'bench-map/vite.config.ts')
  const vite = join(web, 'node_modules/.bin/vite')
  await promisify(execFile)(vite, ['build', '--config', config, '--outDir', folder], { cwd: web })
  return {
    serveIn: async (context) => {
      await context.route('**/bench-map/**', async (route) => {
        const path = new URL(route.request().url()).pathname.replace('/bench-map/', '') || 'index.html'
        const contentType = types[extname(path)] ?? 'application/octet-stream'
        await route.fulfill({ body: await readFile(join(folder, path)), contentType })
      })
    },
    remove: () => rm(folder, { recursive: true }),
  }
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
