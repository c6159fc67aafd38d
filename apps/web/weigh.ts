import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPages } from './build/build-pages.ts'
import { formatWeights, weighPages } from './build/weigh-pages.ts'

// `pnpm weigh`: builds the pages aside and fails when one has grown beyond its budget.
const dist = mkdtempSync(join(tmpdir(), 'greenroom-weigh-'))
try {
  await buildPages({ dist, logLevel: 'warn' })
  const pages = weighPages(dist)
  process.stdout.write(`${formatWeights(pages)}\n`)
  process.exitCode = pages.some(({ bytes, budgetBytes }) => bytes > budgetBytes) ? 1 : 0
} finally {
  rmSync(dist, { recursive: true })
}
// the message compiler's timers, see build.ts
process.exit()
