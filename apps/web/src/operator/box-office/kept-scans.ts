import type { ScanVerdict, ShowId, TicketId } from '@greenroom/contract'

/** A ticket that this device let in without a connection. */
export type KeptScan = { ticketId: TicketId; showId: ShowId; code: string; key: string; atMs: number }

/** One that the server has judged since and found not good, or refused to judge: somebody was let in and should perhaps not have been. */
export type LateScan = KeptScan & { verdict: LateVerdict }
type LateVerdict = Exclude<ScanVerdict['verdict'], 'admitted'> | 'failed'

export type ScanStore = Pick<Storage, 'getItem' | 'setItem'>

const storageKey = 'greenroom:gate-kept'
/** 300 bytes each: a fifth of what a browser gives a page. */
const mostScans = 3_000
const lateVerdicts: readonly unknown[] = [
  'used',
  'wrongShow',
  'refunded',
  'cancelled',
  'forged',
  'failed',
] satisfies LateVerdict[]

/** What still is to be told, the oldest first. What another version kept in another shape is nothing. */
export function readKeptScans(store: ScanStore): KeptScan[] {
  return readAll(store).filter((each) => !isLate(each))
}

/** What was let in and was not good, the oldest first: kept until somebody has looked into it. */
export function readLateScans(store: ScanStore): LateScan[] {
  return readAll(store).filter(isLate)
}

/** The scan by which this device let in this ticket, while the server does not know of it. */
export function findKeptScan(store: ScanStore, code: string, ticketId?: TicketId): KeptScan | undefined {
  return readKeptScans(store).find((each) => each.code === code || each.ticketId === ticketId)
}

/** Keeps one more; false when the device has no room for it: then nobody is let in by it. */
export function keepScan(store: ScanStore, scan: KeptScan): boolean {
  const kept = readAll(store)
  if (kept.length >= mostScans) return false
  return write(store, [...kept, scan])
}

/**
 * The server knows of it. A good one is forgotten; what was not good stays, in the same write, so that no reload loses it. On a
 * device without room for that word it stays as it was, and is told again.
 */
export function settleScan(store: ScanStore, key: string, verdict: LateVerdict | 'admitted'): void {
  const settled = readAll(store).flatMap((each): KeptScan[] => {
    if (each.key !== key) return [each]
    if (verdict === 'admitted') return []
    const late: LateScan = { ...each, verdict }
    return [late]
  })
  write(store, settled)
}

/** Somebody has looked into what was not good. */
export function dismissLateScans(store: ScanStore, keys: readonly string[]): void {
  write(
    store,
    readAll(store).filter((each) => !isLate(each) || !keys.includes(each.key)),
  )
}

function readAll(store: ScanStore): KeptScan[] {
  const kept: unknown = JSON.parse(store.getItem(storageKey) ?? '[]')
  return Array.isArray(kept) ? kept.filter(isScan) : []
}

function isLate(scan: KeptScan): scan is LateScan {
  return 'verdict' in scan && lateVerdicts.includes(scan.verdict)
}

function write(store: ScanStore, scans: readonly KeptScan[]): boolean {
  try {
    store.setItem(storageKey, JSON.stringify(scans))
    return true
  } catch (error) {
    if (error instanceof DOMException) return false
    throw error
  }
}

function isScan(value: unknown): value is KeptScan {
  return (
    typeof value === 'object' &&
    value !== null &&
    'ticketId' in value &&
    typeof value.ticketId === 'number' &&
    'showId' in value &&
    typeof value.showId === 'number' &&
    'code' in value &&
    typeof value.code === 'string' &&
    'key' in value &&
    typeof value.key === 'string' &&
    'atMs' in value &&
    typeof value.atMs === 'number'
  )
}
