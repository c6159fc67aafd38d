import { DomainError } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import type { Line } from './line.ts'
import { readProof } from './line-store.ts'
import { askPlace, type KnownPlace, type NewcomerGuard } from './queue-store.ts'
import type { Place } from './place.ts'
import { type Bearer, readPass, readReceipt, type ShownPass } from './tokens.ts'

/** What a fan brought along: the proofs that a Redis which lost them will believe. */
export type Shown = { receipt?: Place | undefined; pass?: ShownPass | undefined }

/** Reads what a fan shows. Refuses forged tokens and those of another fan or concert, as `tokens.ts` says. */
export function readShown(
  deps: Deps,
  bearer: Bearer,
  tokens: { receipt?: string | undefined; pass?: string | undefined },
): Shown {
  return {
    receipt: tokens.receipt === undefined ? undefined : readReceipt(deps, bearer, tokens.receipt),
    pass: tokens.pass === undefined ? undefined : readPass(deps, bearer, tokens.pass),
  }
}

/**
 * The fan's place, by Redis alone as long as it knows it. A token that would move the fan forward is first checked
 * against the spent ones in Postgres: RECEIPT_REFUSED or PASS_REFUSED with `spent`. A receipt with which the fan went in
 * is as good as their pass, until that pass would have ended. Safe to repeat.
 */
export async function findPlace(
  deps: Deps,
  line: Line,
  question: Bearer & Shown & { mayJoin: boolean; mayAdmit: boolean; guard?: NewcomerGuard | undefined },
): Promise<KnownPlace> {
  const found = await askPlace(deps, line, { ...question, isProven: false })
  if (found.state !== 'unproven') return found
  const { isSpent, enteredAtMs } = await readProof(deps.db, { ...question, ...found.place })
  if (isSpent) throw spentRefusal(question)
  const entered: ShownPass | undefined =
    enteredAtMs === null ? undefined : { ...found.place, kind: 'a', endsMs: enteredAtMs + line.passTtlMs }
  const proven = await askPlace(deps, line, { ...question, pass: question.pass ?? entered, isProven: true })
  if (proven.state === 'unproven') throw new Error('a proven place was called unproven')
  return proven
}

function spentRefusal(shown: Shown): DomainError {
  return shown.pass === undefined
    ? new DomainError('RECEIPT_REFUSED', { reason: 'spent' })
    : new DomainError('PASS_REFUSED', { reason: 'spent' })
}
