import type { Rolldown } from 'vite'

type Options = Extract<Rolldown.OutputOptions['codeSplitting'], object>

/** Files of their own, whatever shares code with them: the document's script, and the service worker, which is one file. */
const apart = /index\.html$|[\\/]src[\\/](main\.tsx|offline[\\/])/

/**
 * Few files instead of forty: each costs a request, and small ones compress badly. What every page starts with is one; what
 * several of the later pages share (messages, parts, icons) another, but
 * for the libraries that few of them need: that of the text fields, and the schemas.
 */
export const chunkGroups: NonNullable<Options['groups']> = [
  { name: 'app', tags: ['$initial'], test: (id) => !apart.test(id) },
  // the seats page's and the operator's: nobody else waits for it
  {
    name: 'map',
    minShareCount: 2,
    test: /[\\/]web[\\/]src[\\/](seat-map|seats)[\\/]|[\\/](d3-\w+|flatbush)[\\/]/,
  },
  {
    name: 'parts',
    minShareCount: 2,
    test: /[\\/]web[\\/]src[\\/](?!design[\\/]text-field|offline|operator|seat-map|seats|wallet|checkout|tickets)|[\\/](lucide-react|react-query)[\\/]/,
  },
]
