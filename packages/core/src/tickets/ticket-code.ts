import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { type SeatId, seatId, type ShowId, showId, type TicketId, ticketId } from '@greenroom/contract'
import { calculateJwkThumbprint, CompactSign, compactVerify, errors, exportJWK, type JWK } from 'jose'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { keysFor } from '../platform/signed-token.ts'

/** What a code says: short names, because every character makes the QR code finer. */
const claims = z.object({ t: ticketId, s: showId, n: seatId })

export type TicketCode = { ticketId: TicketId; showId: ShowId; seatId: SeatId }

type Keys = { privateKey: KeyObject; publicKey: KeyObject; jwk: JWK; kid: string }

/** What is signed with, then what earlier secrets signed with. */
const keysOf = new WeakMap<Deps, Promise<[Keys, ...Keys[]]>>()

/** A PKCS #8 Ed25519 private key is these bytes and then the 32-byte seed (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The text of a ticket's QR code: a compact JWS, Ed25519. The same ticket always gives the same text, and the key
 * comes from the secret alone, so a restart or a second process changes nothing.
 */
export async function signTicketCode(deps: Deps, code: TicketCode): Promise<string> {
  const [{ privateKey, kid }] = await ticketKeys(deps)
  const payload: z.input<typeof claims> = { t: code.ticketId, s: code.showId, n: code.seatId }
  return await new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'EdDSA', kid })
    .sign(privateKey)
}

/** What a code says when it is whole and ours, else `undefined`. Whether the ticket was used or refunded is not in it. */
export async function readTicketCode(deps: Deps, code: string): Promise<TicketCode | undefined> {
  for (const { publicKey } of await ticketKeys(deps)) {
    const read = await readWith(publicKey, code)
    if (read !== undefined) return read
  }
  return undefined
}

async function readWith(publicKey: KeyObject, code: string): Promise<TicketCode | undefined> {
  try {
    const { payload } = await compactVerify(code, publicKey, { algorithms: ['EdDSA'] })
    const { t, s, n } = claims.parse(JSON.parse(Buffer.from(payload).toString('utf8')))
    return { ticketId: t, showId: s, seatId: n }
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

/** The public keys as a JWKS, the present one first: a gate that holds them can check codes with no network. */
export async function readTicketKeys(deps: Deps): Promise<{ keys: JWK[] }> {
  return { keys: (await ticketKeys(deps)).map(({ jwk }) => jwk) }
}

async function ticketKeys(deps: Deps): Promise<[Keys, ...Keys[]]> {
  const known = keysOf.get(deps)
  if (known !== undefined) return await known
  const made = makeAll(deps)
  keysOf.set(deps, made)
  return await made
}

async function makeAll({ keys }: Deps): Promise<[Keys, ...Keys[]]> {
  const [, ...earlier] = keysFor(keys, 'ticket')
  return [await makeKeys(keys.ticket), ...(await Promise.all(earlier.map(makeKeys)))]
}

async function makeKeys(seed: Buffer): Promise<Keys> {
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Head, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey(privateKey)
  const bare = await exportJWK(publicKey)
  const kid = (await calculateJwkThumbprint(bare)).slice(0, 8)
  return { privateKey, publicKey, kid, jwk: { ...bare, kid, alg: 'EdDSA', use: 'sig' } }
}
