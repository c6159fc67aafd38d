import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { filesOf, readManifest } from './page-files.ts'

/**
 * The app's document once more, for the addresses of seats: it names that page's files, so that they are not asked for
 * only after the app has started. Whoever comes through the line has them already.
 */
export async function writeSeatsPage(dist: string): Promise<void> {
  const app = await readFile(join(dist, 'index.html'), 'utf8')
  const files = filesOf(readManifest(dist, 'pages'), ['src/seats/seats-page.tsx'])
  const links = files
    .filter((file) => file.endsWith('.js') && !app.includes(file))
    .map((file) => `    <link rel="modulepreload" fetchpriority="low" crossorigin href="/${file}">\n`)
  await writeFile(join(dist, 'seats.html'), app.replace('  </head>', `${links.join('')}  </head>`))
}
