import { createHash, randomBytes } from 'node:crypto'
import type { ConcertId } from '@greenroom/contract'

/** Crockford's base32: no letter is taken for a digit or for another letter. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 16
const spelling = new RegExp(`^[${alphabet}]{${length}}$`)

/** A new code as it is shown: 80 random bits as `K7QM-2XWD-9FHT-P4RA`. */
export function makeCode(): string {
  const letters = Array.from(randomBytes(length), (byte) => alphabet.charAt(byte % alphabet.length))
  return [0, 4, 8, 12].map((from) => letters.slice(from, from + 4).join('')).join('-')
}

/** What is typed, in one spelling, or `undefined` when it cannot be a code. O is read as 0, I and L as 1. */
export function readCode(typed: string): string | undefined {
  const text = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return spelling.test(text) ? text : undefined
}

/** What is stored of a code. One SHA-256 is enough: nobody tries out 2^80 of them. A code is good for its concert alone. */
export function hashCode(concertId: ConcertId, code: string): Buffer {
  return createHash('sha256').update(`${concertId}:${code}`).digest()
}
