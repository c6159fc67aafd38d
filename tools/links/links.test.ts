import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { anchorsOf, brokenLinks } from './broken-links.ts'

const root = resolve(import.meta.dirname, '../..')
const notOurs = new Set([
  'node_modules',
  'dist',
  'coverage',
  '.git',
  '.turbo',
  '.greenroom',
  '.greenroom-test',
])
const pages = globSync('**/*.md', {
  cwd: root,
  exclude: (path) => notOurs.has(path.split('/').at(-1) ?? ''),
})

test('every relative link and anchor of every page resolves', () => {
  expect(pages).toContain('CONTRIBUTING.md')
  expect(pages.flatMap((page) => brokenLinks(root, join(root, page)))).toEqual([])
})

test('a missing file, a missing heading and a way out are each found out; good links and code are not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-links-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'other.md'), '# Seats & holds\n')
  writeFileSync(
    join(folder, 'page.md'),
    [
      '# Page',
      '[good](other.md#seats--holds) [self](#page) [web](https://example.org/none) ![also good](other.md "title")',
      '[gone](gone.md) [no heading](other.md#money) [out](../../etc/passwd)',
      '`[code](gone-too.md)`',
      '```md\n[block](gone-as-well.md)\n```',
      '[ref]: also-gone.md',
      '<img src="gone.png" alt="">',
    ].join('\n\n'),
  )
  expect(brokenLinks(folder, join(folder, 'page.md'))).toEqual([
    'page.md: gone.md (no such file)',
    'page.md: other.md#money (no such heading)',
    'page.md: ../../etc/passwd (leaves the repository)',
    'page.md: also-gone.md (no such file)',
    'page.md: gone.png (no such file)',
  ])
})

test('repeated and Korean headings get the anchors code hosts give them', () => {
  expect([...anchorsOf('# 좌석 지도\n\n## Again\n\n## Again\n\n## `pnpm check` runs it')]).toEqual([
    '좌석-지도',
    'again',
    'again-1',
    'pnpm-check-runs-it',
  ])
})
