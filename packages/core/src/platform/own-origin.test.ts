import { expect, test } from 'vitest'
import { isOwnOrigin } from './own-origin.ts'

const own = 'https://tickets.example'
const local = 'http://localhost:3000'

test.for([
  [own, own],
  [own, undefined],
  [local, 'http://127.0.0.1:3000'],
  ['http://127.0.0.1:3000', local],
] as const)('a page of %s may be at %s', ([publicOrigin, origin]) => {
  expect(isOwnOrigin(publicOrigin, origin)).toBe(true)
})

test.for([
  [own, 'http://tickets.example'],
  [own, 'https://tickets.example:444'],
  [own, 'https://tickets.example.evil.example'],
  [own, 'null'],
  [own, local],
  [local, 'http://localhost:3001'],
  [local, 'https://localhost:3000'],
  [local, 'http://evil.example:3000'],
] as const)('a page of %s is not at %s', ([publicOrigin, origin]) => {
  expect(isOwnOrigin(publicOrigin, origin)).toBe(false)
})
