import { describe, expect, test } from 'vitest'
import { orderByCall } from './order-by-call.ts'

const head = '{"0":[[0],[null,0,0]],"1":[[0],[null,0,1]]}'
const answered = (call: number, part: number, data: string): string =>
  `[${call},0,[[{"result":0}],["result",0,${part}]]]\n[${part},0,[[{"data":${data}}]]]`
const batchOf = (...lines: string[]): string => `${[head, ...lines].join('\n')}\n`

describe('a streamed batch', () => {
  const inOrder = orderByCall(batchOf(answered(0, 2, '"a"'), answered(1, 3, '"b"')))

  test('is the same whichever of its calls is answered first', () => {
    expect(orderByCall(batchOf(answered(1, 2, '"b"'), answered(0, 3, '"a"')))).toBe(inOrder)
  })

  test.for([
    ['the answers are changed about', batchOf(answered(0, 2, '"b"'), answered(1, 3, '"a"'))],
    ['a value is another', batchOf(answered(0, 2, '"a"'), answered(1, 3, '"c"'))],
    ['an answer is left out', batchOf(answered(0, 2, '"a"'))],
    ['an answer comes twice', batchOf(answered(0, 2, '"a"'), answered(1, 3, '"b"'), answered(1, 4, '"b"'))],
    ['a call failed', batchOf(answered(0, 2, '"a"'), '[1,1,{"message":"no"}]')],
  ] as const)('is another when %s', ([, body]) => {
    expect(orderByCall(body)).not.toBe(inOrder)
  })
})

test.for(['', '{"result":{"data":1}}', '[{"result":{"data":1}}]', `${head}\n`, 'data: 1\n\ndata: 2\n'])(
  'any other body is as it was: %j',
  (body) => {
    expect(orderByCall(body)).toBe(body)
  },
)
