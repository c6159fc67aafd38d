import { resolve } from 'node:path'
import type { Plugin } from 'vite'
import { filesOf, readManifest } from './page-files.ts'

const name = 'virtual:seats-page-files'

/** Tells the line page what to fetch when the turn is near: the seats page's files, built before it into the same folder. */
export function provideSeatsPageFiles(): Plugin {
  let dist: string | undefined
  return {
    name: 'seats-page-files',
    configResolved: ({ command, root, build }) => {
      dist = command === 'build' ? resolve(root, build.outDir) : undefined
    },
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
