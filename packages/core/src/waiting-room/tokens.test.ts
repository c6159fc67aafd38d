import { accountId, concertId, isDomainError } from '@greenroom/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Deps } from '../platform/deps.ts'
import { deriveKey } from '../platform/signed-token.ts'
import { type Bearer, readPass, readReceipt, signPass, signReceipt } from './tokens.ts'

const keysOf = (secret: string): Pick<Deps, 'keys'> => ({
  keys: {
    session: deriveKey(secret, 'session'),
    receipt: deriveKey(secret, 'receipt'),
    pass: deriveKey(secret, 'pass'),
    ticket: deriveKey(secret, 'ticket'),
    webhook: deriveKey(secret, 'webhook'),
    challenge: deriveKey(secret, 'challenge'),
    device: deriveKey(secret, 'device'),
  },
})
const deps = keysOf('a secret for tests alone')
const ids = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
const bearers: fc.Arbitrary<Bearer> = fc.record({
  concertId: ids.map((id) => concertId.parse(id)),
  fanId: ids.map((id) => accountId.parse(id)),
})
const places = fc.record({ epoch: fc.nat(8_191), seq: fc.nat(2 ** 40 - 1) })
const bearer = { concertId: concertId.parse(1), fanId: accountId.parse(2) }
const place = { epoch: 3, seq: 4 }

const reasonOf = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    if (isDomainError(error, 'RECEIPT_REFUSED') || isDomainError(error, 'PASS_REFUSED'))
      return error.details.reason
    throw error
  }
}

test('a receipt gives back the place it was made for, and the same place the same text', () => {
  fc.assert(
    fc.property(bearers, places, (who, where) => {
      const receipt = signReceipt(deps, who, where, 5)
      expect(readReceipt(deps, who, receipt)).toEqual(where)
      expect(signReceipt(deps, who, where, 5)).toBe(receipt)
    }),
  )
})

test('a pass gives back its place, kind and end', () => {
  fc.assert(
    fc.property(
      bearers,
      places,
      fc.constantFrom('o' as const, 'a' as const),
      fc.nat(),
      (who, where, kind, endsMs) => {
        const pass = signPass(deps, who, { ...where, kind, endsMs })
        expect(readPass(deps, who, pass)).toEqual({ ...where, kind, endsMs })
      },
    ),
  )
})

test("another fan's receipt or pass is refused, and one of another concert", () => {
  fc.assert(
    fc.property(bearers, bearers, (owner, thief) => {
      fc.pre(owner.fanId !== thief.fanId && owner.concertId !== thief.concertId)
      const receipt = signReceipt(deps, owner, place, 5)
      const pass = signPass(deps, owner, { ...place, kind: 'a', endsMs: 6 })
      const elsewhere = { ...owner, concertId: thief.concertId }
      expect(reasonOf(() => readReceipt(deps, thief, receipt))).toBe('otherFan')
      expect(reasonOf(() => readPass(deps, thief, pass))).toBe('otherFan')
      expect(reasonOf(() => readReceipt(deps, elsewhere, receipt))).toBe('otherConcert')
      expect(reasonOf(() => readPass(deps, elsewhere, pass))).toBe('otherConcert')
    }),
  )
})

test('a token with any character changed, cut or added is refused', () => {
  const receipt = signReceipt(deps, bearer, place, 5)
  fc.assert(
    fc.property(
      fc.nat(receipt.length - 1),
      fc.constantFrom('A', 'B', '.', '', '=', 'é', 'AA'),
      (at, instead) => {
        fc.pre(receipt[at] !== instead)
        const forged = receipt.slice(0, at) + instead + receipt.slice(at + 1)
        expect(reasonOf(() => readReceipt(deps, bearer, forged))).toBe('invalid')
      },
    ),
  )
})

test('a receipt is no pass, a pass no receipt, and another secret signs neither', () => {
  const receipt = signReceipt(deps, bearer, place, 5)
  const pass = signPass(deps, bearer, { ...place, kind: 'a', endsMs: 6 })
  const stranger = keysOf('another secret altogether')
  expect(reasonOf(() => readPass(deps, bearer, receipt))).toBe('invalid')
  expect(reasonOf(() => readReceipt(deps, bearer, pass))).toBe('invalid')
  expect(reasonOf(() => readReceipt(stranger, bearer, receipt))).toBe('invalid')
  expect(reasonOf(() => readPass(stranger, bearer, pass))).toBe('invalid')
})
