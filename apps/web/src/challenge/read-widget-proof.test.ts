import { expect, test } from 'vitest'
import { readWidgetProof } from './read-widget-proof.ts'

const url = 'https://check.example/widget?site=1'

test('the provider’s own page tells a proof', () => {
  expect(readWidgetProof({ origin: 'https://check.example', data: { greenroomProof: 'p' } }, url)).toBe('p')
})

test.for([
  { origin: 'https://evil.example', data: { greenroomProof: 'p' } },
  { origin: 'https://check.example.evil.example', data: { greenroomProof: 'p' } },
  { origin: 'null', data: { greenroomProof: 'p' } },
  { origin: 'https://check.example', data: 'p' },
  { origin: 'https://check.example', data: null },
  { origin: 'https://check.example', data: { greenroomProof: 7 } },
  { origin: 'https://check.example', data: { greenroomProof: '' } },
  { origin: 'https://check.example', data: { greenroomProof: 'x'.repeat(4_097) } },
])('$origin saying $data tells none', (message) => {
  expect(readWidgetProof(message, url)).toBeUndefined()
})
