import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { filesOf, readManifest } from './page-files.ts'

const heading = new URL('../first-heading.html', import.meta.url)

/**
 * The app's document once more, for the addresses of seats: it has room for the concert's name, which the api writes there
 * in the reader's language, and names the page's files, so that they are not asked for only after the app has started.
 */
export async function writeSeatsPage(dist: string): Promise<void> {
  const app = await readFile(join(dist, 'index.html'), 'utf8')
  const files = filesOf(readManifest(dist, 'pages'), ['src/seats/seats-page.tsx'])
  const links = files
    .filter((file) => file.endsWith('.js') && !app.includes(file))
    .map((file) => `    <link rel="modulepreload" fetchpriority="low" crossorigin href="/${file}">\n`)
  const page = [
    [/<html lang="\w+">/, () => '<html lang="{lang}">'],
    ['  </head>', () => `${links.join('')}  </head>`],
    ['<div id="root">', await replaceWith(heading)],
  ] as const
  await writeFile(
    join(dist, 'seats.html'),
    page.reduce((html, [place, put]) => putIn(html, place, put), app),
  )
}

async function replaceWith(file: URL): Promise<(place: string) => string> {
  const text = await readFile(file, 'utf8')
  return (place) => `${text}${place}`
}

function putIn(html: string, place: string | RegExp, put: (place: string) => string): string {
  const next = html.replace(place, put)
  if (next === html) throw new Error(`the app's document has no ${String(place)}`)
  return next
}
