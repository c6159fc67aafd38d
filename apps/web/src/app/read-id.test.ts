import { concertId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { readId } from './read-id.ts'

test('an id in an address is read where the contract takes it too', () => {
  for (const raw of ['1', '42', String(Number.MAX_SAFE_INTEGER)])
    expect(readId(raw)).toBe(concertId.parse(Number(raw)))
  for (const raw of ['0', '-1', '1.5', 'seven', String(Number.MAX_SAFE_INTEGER + 1), ''])
    expect([readId(raw), concertId.safeParse(Number(raw)).success]).toEqual([undefined, false])
})

test('another way of writing a number names nothing', () => {
  for (const raw of ['1e3', '0x10', ' 7', '007', '7.0']) expect(readId(raw)).toBeUndefined()
})
