import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { decodeSeatGeometry, DomainError, type SeatGeometry } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findGeometry } from './seat-plan-store.ts'
import { createShortCache } from './short-cache.ts'

const compress = promisify(brotliCompress)

/** A geometry file as it is sent: plain, and for `content-encoding: br`. */
export type GeometryFile = { bytes: Buffer; brotli: Buffer }

// A geometry never changes: these forget for room alone. 32 stadiums are about 15 MB.
const forEver = { ttlMs: Infinity, maxEntries: 32 }
const files = createShortCache<string, GeometryFile>(forEver)
const geometries = createShortCache<string, SeatGeometry>(forEver)

/**
 * A geometry file by the hash of its bytes; compressed once per process, at the best quality. Whoever gets it may keep it
 * for ever. Refuses with NOT_FOUND.
 */
export async function readGeometry(deps: Pick<Deps, 'db'>, geometryHash: string): Promise<GeometryFile> {
  return await files(deps.db, geometryHash, async () => {
    const bytes = await findGeometry(deps.db, geometryHash)
    if (bytes === undefined) throw new DomainError('NOT_FOUND', { what: 'seatPlan' })
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    }
    return { bytes, brotli: await compress(bytes, { params }) }
  })
}

/** The geometry itself, for those who reckon with seats' places (best available). Shared: do not change it. */
export async function readSeatGeometry(deps: Pick<Deps, 'db'>, geometryHash: string): Promise<SeatGeometry> {
  return await geometries(deps.db, geometryHash, async () => {
    const { bytes } = await readGeometry(deps, geometryHash)
    return decodeSeatGeometry(bytes)
  })
}
