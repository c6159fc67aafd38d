import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'

const compress = promisify(gzip)

/** Below that a few packets carry it as it is. A seat map has 2 bits a seat and base64: 17 kB for 50,000 seats. */
const worthIt = 6_000
/** The maps and lists that everybody asks for; each is remembered until it was not asked for longest. */
const maxRemembered = 32

/** Whether an answer is compressed for those who take it so. Then it also depends on `Accept-Encoding`. */
export function isWorthCompressing(body: string): boolean {
  return body.length >= worthIt
}

/**
 * Compresses texts, each once however many ask for it: a crowd asks for the same seat map. Off this thread, at the level that
 * takes least: it makes base64 of anything a quarter smaller, and of a hall that is mostly one colour next to nothing.
 */
export function createCompressor(): (body: string) => Promise<Buffer> {
  const remembered = new Map<string, Promise<Buffer>>()
  return async (body) => {
    const known = remembered.get(body) ?? compress(body, { level: constants.Z_BEST_SPEED })
    remembered.delete(body)
    remembered.set(body, known)
    const oldest = remembered.keys().next()
    if (remembered.size > maxRemembered && !oldest.done) remembered.delete(oldest.value)
    return await known
  }
}
