import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { filesOf, type Manifest, readManifest } from './page-files.ts'

export type PageWeight = {
  page: string
  bytes: number
  budgetBytes: number
  files: { name: string; bytes: number }[]
}

/**
 * What a first visit loads, as it travels (brotli), and the most it may be. The line page counts in full: its sockets too,
 * which it loads when it is already of use. Each budget is some 5 % above what there is.
 */
const budgets = [
  { page: 'line', document: 'line.html', later: true, modules: ['line.html'], budgetBytes: 50_000 },
  {
    page: 'home',
    document: 'index.html',
    later: false,
    modules: ['index.html', 'src/design/toasts.tsx'],
    budgetBytes: 153_000,
  },
  {
    page: 'seats',
    document: 'seats.html',
    later: false,
    modules: ['index.html', 'src/seats/seats-page.tsx', 'src/app/account-menu.tsx', 'src/design/toasts.tsx'],
    budgetBytes: 202_000,
  },
]

export function weighPages(dist: string): PageWeight[] {
  const pages = readManifest(dist, 'pages')
  const manifests: Record<string, Manifest> = {
    'index.html': pages,
    'seats.html': pages,
    'line.html': readManifest(dist, 'line'),
  }
  return budgets.map(({ page, document, later, modules, budgetBytes }) => {
    const names = [document, ...filesOf(manifests[document] ?? {}, modules, later)]
    const files = names.map((name) => ({ name, bytes: travelBytes(join(dist, name)) }))
    return { page, budgetBytes, files, bytes: files.reduce((sum, file) => sum + file.bytes, 0) }
  })
}

/** A text too small for a compressed twin travels as it is. */
function travelBytes(path: string): number {
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size
}

/** A line for each page, and for one that is too heavy what it is made of. */
export function formatWeights(pages: readonly PageWeight[]): string {
  return pages
    .flatMap(({ page, bytes, budgetBytes, files }) => {
      const isOver = bytes > budgetBytes
      const head = `${isOver ? 'TOO HEAVY' : 'ok       '} ${page.padEnd(6)} ${tellBytes(bytes)} of ${tellBytes(budgetBytes)}`
      const heaviest = files.toSorted((a, b) => b.bytes - a.bytes)
      return isOver ? [head, ...heaviest.map((file) => `  ${tellBytes(file.bytes)} ${file.name}`)] : [head]
    })
    .join('\n')
}

function tellBytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1).padStart(6)} kB`
}
