import { randomBytes, timingSafeEqual } from 'node:crypto'
import { type Argon2idInput, deriveArgon2id } from './argon2id.ts'
import { createBoundedGate } from './bounded-gate.ts'

/**
 * What OWASP asks of argon2id at the least (Password Storage Cheat Sheet, "Argon2id"): 19 MiB, 2 passes, 1 lane. 20 ms of one core,
 * measured on the reference machine.
 */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }

/**
 * Hashing runs on libuv's 4 threads, which file reads and name look-ups share: 3 leave them one, and bound the memory
 * to 57 MiB. 256 waiting are about 2 s on two cores; who comes after that is better told to come again.
 */
const gate = createBoundedGate({ atOnce: 3, maxWaiting: 256 })

/** How many passwords are being hashed and how many wait, for metrics. */
export const hashLoad = gate.load

/** How many were hashed since this process began. */
export const countHashes = gate.begun

/** A new salted hash in PHC string format. Refuses with OVERLOADED when too many passwords wait already. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await gate.pass(() => deriveArgon2id({ ...cost, message: password, nonce }))
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
}

/**
 * Whether the password is the one that was hashed. `stored` undefined (no such account) costs the same work and is
 * always false, so that an answer's time does not tell which e-mails are known. Refuses with OVERLOADED as above.
 */
export async function checkPassword(stored: string | undefined, password: string): Promise<boolean> {
  const known = stored === undefined ? undefined : readHash(stored)
  const { tag, ...parameters } = known ?? nobody
  const derived = await gate.pass(() => deriveArgon2id({ ...parameters, message: password }))
  return timingSafeEqual(derived, tag) && known !== undefined
}

type StoredHash = Omit<Argon2idInput, 'message'> & { tag: Buffer }

const nobody: StoredHash = { ...cost, nonce: Buffer.alloc(16), tag: Buffer.alloc(cost.tagLength) }

/**
 * Whether a hash costs a thief less than one that is made today: less memory or fewer passes. Its account gets another when
 * somebody signs in with the password, which is when it is at hand.
 */
export function isWeakHash(stored: string): boolean {
  const known = readHash(stored)
  return known !== undefined && (known.memory < cost.memory || known.passes < cost.passes)
}

/** Older hashes are read with the cost they were made with. Undefined for an account that has no password to sign in with. */
function readHash(stored: string): StoredHash | undefined {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored)
  if (parts === null) return undefined
  const [, memory, passes, parallelism, nonce = '', hash = ''] = parts
  const tag = Buffer.from(hash, 'base64')
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: tag.length,
    nonce: Buffer.from(nonce, 'base64'),
    tag,
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
