import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const file = new URL('../first-paint.html', import.meta.url)
const root = '<div id="root"></div>'

/** What both documents show before their scripts are there: one piece, put in front of the root of each. */
export function firstPaint(): Plugin {
  return {
    name: 'first-paint',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => {
        if (!html.includes(root)) throw new Error(`a document has no ${root}`)
        return html.replace(root, () => `${readFileSync(file, 'utf8')}${root}`)
      },
    },
  }
}
