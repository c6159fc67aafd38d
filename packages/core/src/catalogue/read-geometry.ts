import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { decodeSeatGeometry, DomainError, type SeatGeometry } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { recentValue } from '../platform/recent-value.ts'
import { findGeometry } from './seat-plan-store.ts'

const compress = promisify(brotliCompress)

/** A geometry file as it is sent: plain, and for `content-encoding: br`. */
export type GeometryFile = { bytes: Buffer; brotli: Buffer }

// A geometry never changes: these forget for room alone. 32 stadiums are about 15 MB.
const forEver = { maxAgeMs: Infinity, maxEntries: 32 }
const files = recentValue({ ...forEver, load: loadFile })
const geometries = recentValue({ ...forEver, load: decodeFile })

/**
 * A geometry file by the hash of its bytes; compressed once per process, at the best quality. Whoever gets it may keep it
 * for ever. Refuses with NOT_FOUND.
 */
export async function readGeometry(deps: Pick<Deps, 'db'>, geometryHash: string): Promise<GeometryFile> {
  return (await files.read(deps.db, geometryHash)).value
}

/** The geometry itself, for those who reckon with seats' places (best available). Shared: do not change it. */
export async function readSeatGeometry(deps: Pick<Deps, 'db'>, geometryHash: string): Promise<SeatGeometry> {
  return (await geometries.read(deps.db, geometryHash)).value
}

async function loadFile(db: Database, geometryHash: string): Promise<GeometryFile> {
  const bytes = await findGeometry(db, geometryHash)
  if (bytes === undefined) throw new DomainError('NOT_FOUND', { what: 'seatPlan' })
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  return { bytes, brotli: await compress(bytes, { params }) }
}

async function decodeFile(db: Database, geometryHash: string): Promise<SeatGeometry> {
  const { bytes } = await readGeometry({ db }, geometryHash)
  return decodeSeatGeometry(bytes)
}
