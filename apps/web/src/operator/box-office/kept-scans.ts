import type { ShowId, TicketId } from '@greenroom/contract'

/** A ticket that this device let in without a connection. */
export type KeptScan = { ticketId: TicketId; showId: ShowId; code: string; key: string; atMs: number }

type ScanStore = Pick<Storage, 'getItem' | 'setItem'>

const storageKey = 'greenroom:gate-kept'
/** 300 bytes each: a fifth of what a browser gives a page. */
const mostScans = 3_000

/** What still is to be told, the oldest first. What another version kept in another shape is nothing. */
export function readKeptScans(store: ScanStore): KeptScan[] {
  const kept: unknown = JSON.parse(store.getItem(storageKey) ?? '[]')
  return Array.isArray(kept) ? kept.filter(isScan) : []
}

/** Keeps one more; false when the device has no room for it: then nobody is let in by it. */
export function keepScan(store: ScanStore, scan: KeptScan): boolean {
  const kept = readKeptScans(store)
  if (kept.length >= mostScans) return false
  return write(store, [...kept, scan])
}

/** The server knows of it. */
export function forgetScan(store: ScanStore, key: string): void {
  write(
    store,
    readKeptScans(store).filter((each) => each.key !== key),
  )
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
