import type { Plugin } from 'vite'
import { filesOf, readManifest } from './page-files.ts'

const name = 'virtual:seats-page-files'

/** Tells the line page what to fetch when the turn is near; `dist` is where the other pages were built. */
export function provideSeatsPageFiles(dist: string | undefined): Plugin {
  return {
    name: 'seats-page-files',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => {
      if (id !== `\0${name}`) return undefined
      const files = dist === undefined ? [] : seatsPageFiles(dist)
      return `export const seatsPageFiles = ${JSON.stringify(files.map((file) => `/${file}`))}`
    },
  }
}

function seatsPageFiles(dist: string): string[] {
  return filesOf(readManifest(dist, 'pages'), ['index.html', 'src/seats/seats-page.tsx'])
}
