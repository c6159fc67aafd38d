import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { longFiles } from './long-files.ts'

test('every long file is there', () => {
  const root = resolve(import.meta.dirname, '../..')
  expect(longFiles.filter((name) => !existsSync(resolve(root, name)))).toEqual([])
})
