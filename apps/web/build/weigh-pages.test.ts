import { expect, test } from 'vitest'
import { filesOf, type Manifest } from './page-files.ts'
import { formatWeights } from './weigh-pages.ts'

const manifest: Manifest = {
  'page.html': { file: 'page.js', css: ['page.css'], imports: ['shared'], dynamicImports: ['sockets'] },
  shared: { file: 'shared.js', imports: ['page.html'] },
  sockets: { file: 'sockets.js', imports: ['shared'] },
}

test('what a page loads is its script, its style and all they import, each once', () => {
  expect(filesOf(manifest, ['page.html'])).toEqual(['page.js', 'page.css', 'shared.js'])
})

test('what it loads later counts where that is asked for', () => {
  expect(filesOf(manifest, ['page.html'], true)).toEqual(['page.js', 'page.css', 'shared.js', 'sockets.js'])
})

test('a page that the build does not have is an error, not nothing', () => {
  expect(() => filesOf(manifest, ['gone.html'])).toThrow('the build has no gone.html')
})

test('a page beyond its budget is told with what it is made of, heaviest first', () => {
  const files = [
    { name: 'small.css', bytes: 1_000 },
    { name: 'large.js', bytes: 50_000 },
  ]
  const page = { page: 'line', bytes: 51_000, files }
  expect(formatWeights([{ ...page, budgetBytes: 51_000 }])).toMatch(/^ok +line/)
  const lines = formatWeights([{ ...page, budgetBytes: 50_000 }]).split('\n')
  expect(lines[0]).toMatch(/^TOO HEAVY line +51\.0 kB of +50\.0 kB$/)
  expect(lines.slice(1).map((line) => line.split(' ').at(-1))).toEqual(['large.js', 'small.css'])
})
