import { type AccountId, type ConcertId, accountId, concertId, DomainError } from '@greenroom/contract'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { readOwnToken, signToken } from '../platform/signed-token.ts'
import type { Place } from './place.ts'

const receiptBody = z.object({
  c: concertId,
  f: accountId,
  e: z.number().int().nonnegative(),
  s: z.number().int().nonnegative(),
  iat: z.number().int(),
})
const passBody = receiptBody.omit({ iat: true }).extend({ k: z.enum(['o', 'a']), exp: z.number().int() })

/** `o`: an offer, to be claimed by `enterSale` before it ends. `a`: an active pass. */
export type PassKind = z.infer<typeof passBody>['k']
export type Bearer = { concertId: ConcertId; fanId: AccountId }
/** Whose a token should be, as far as the caller knows. */
export type Expected = { [Part in keyof Bearer]?: Bearer[Part] | undefined }
export type ShownPass = Place & { kind: PassKind; endsMs: number }

/**
 * The fan's proof of a place. `issuedAtMs` is when the place's line began its epoch, so the same place always gives the
 * same text: a fan who asks ten times holds one receipt.
 */
export function signReceipt(
  deps: Pick<Deps, 'keys'>,
  bearer: Bearer,
  place: Place,
  issuedAtMs: number,
): string {
  return signToken(deps.keys.receipt, {
    c: bearer.concertId,
    f: bearer.fanId,
    e: place.epoch,
    s: place.seq,
    iat: issuedAtMs,
  })
}

/** The place a receipt proves. Refuses with RECEIPT_REFUSED: `invalid`, `otherFan`, `otherConcert`. */
export function readReceipt(deps: Pick<Deps, 'keys'>, bearer: Bearer, token: string): Place {
  return readAnyReceipt(deps, token, bearer).place
}

/** The same for who does not know yet whose it is; what is expected of it may be left out. */
export function readAnyReceipt(
  deps: Pick<Deps, 'keys'>,
  token: string,
  expected: Expected = {},
): { bearer: Bearer; place: Place } {
  const body = receiptBody.safeParse(readOwnToken(deps.keys, 'receipt', token))
  if (!body.success) throw new DomainError('RECEIPT_REFUSED', { reason: 'invalid' })
  const { c, f, e, s } = body.data
  if (f !== (expected.fanId ?? f)) throw new DomainError('RECEIPT_REFUSED', { reason: 'otherFan' })
  if (c !== (expected.concertId ?? c)) throw new DomainError('RECEIPT_REFUSED', { reason: 'otherConcert' })
  return { bearer: { concertId: c, fanId: f }, place: { epoch: e, seq: s } }
}

/** An offer or a pass as the fan carries it; the same pass always gives the same text. */
export function signPass(deps: Pick<Deps, 'keys'>, bearer: Bearer, pass: ShownPass): string {
  return signToken(deps.keys.pass, {
    c: bearer.concertId,
    f: bearer.fanId,
    e: pass.epoch,
    s: pass.seq,
    k: pass.kind,
    exp: pass.endsMs,
  })
}

/** What a pass says; whether it has ended is for Redis or Postgres to judge. Refuses with PASS_REFUSED as above. */
export function readPass(deps: Pick<Deps, 'keys'>, bearer: Bearer, token: string): ShownPass {
  const body = passBody.safeParse(readOwnToken(deps.keys, 'pass', token))
  if (!body.success) throw new DomainError('PASS_REFUSED', { reason: 'invalid' })
  if (body.data.f !== bearer.fanId) throw new DomainError('PASS_REFUSED', { reason: 'otherFan' })
  if (body.data.c !== bearer.concertId) throw new DomainError('PASS_REFUSED', { reason: 'otherConcert' })
  return { epoch: body.data.e, seq: body.data.s, kind: body.data.k, endsMs: body.data.exp }
}
