import { build } from 'vite'
import { precompress } from './precompress.ts'
import { writeSeatsPage } from './write-seats-page.ts'

/** All pages into `dist`: the app, then the line page, which names the app's files, then their compressed twins. */
export async function buildPages(options: { dist: string; logLevel?: 'info' | 'warn' }): Promise<void> {
  const { dist, logLevel = 'info' } = options
  for (const configFile of ['vite.config.ts', 'vite.line.config.ts']) {
    await build({
      configFile,
      logLevel,
      build: { outDir: dist, emptyOutDir: configFile === 'vite.config.ts' },
    })
  }
  await writeSeatsPage(dist)
  await precompress(dist)
}
