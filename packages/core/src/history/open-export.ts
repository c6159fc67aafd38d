import { Readable } from 'node:stream'
import { type AccountId, DomainError, type ExportInput } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import type { Deps } from '../platform/deps.ts'
import { exportQuery, headerOf } from './export-columns.ts'
import { type ExportQuery, readByCursor } from './export-cursor-store.ts'
import { findConcertOfShow, hasConcert } from './export-scope-store.ts'
import { writeCsv } from './write-csv.ts'

/** Files under way in one process: each has one of its database connections until its reader is done. */
const mostAtOnce = 2
const retryAfterMs = 5_000
const underWay = new WeakMap<Deps, number>()

/**
 * A file of comma-separated values: `text` is read as fast as the reader takes it, 250 rows at a time, all of one moment.
 * Who stops reading destroys it, which ends the cursor; one that is not read for a minute is ended by Postgres. Audited before
 * anything is read. Every call makes another file. Refuses with BAD_INPUT without a concert (the audit alone has no need of one),
 * NOT_FOUND for an unknown one or a show of another, OVERLOADED while two are being written in this process.
 */
export async function openExport(
  deps: Deps,
  { operatorId, name, concertId, showId }: ExportInput & { operatorId: AccountId },
): Promise<{ fileName: string; text: Readable }> {
  if (concertId === undefined && (name !== 'audit' || showId !== undefined))
    throw new DomainError('BAD_INPUT', {
      faults: [{ path: 'concertId', message: 'the file is of one concert' }],
    })
  if (concertId !== undefined && !(await hasConcert(deps.db, concertId)))
    throw new DomainError('NOT_FOUND', { what: 'concert' })
  if (showId !== undefined && (await findConcertOfShow(deps.db, showId)) !== concertId)
    throw new DomainError('NOT_FOUND', { what: 'show' })
  const rows = await openRows(deps, exportQuery(name, { concertId, showId }), () =>
    recordAudit(deps, {
      actorId: operatorId,
      action: `export.${name}`,
      target: concertId === undefined ? 'audit' : `concert ${concertId}`,
      ...(showId === undefined ? {} : { after: { showId } }),
    }),
  )
  const scope = [name, concertId, showId].filter((part) => part !== undefined).join('-')
  return { fileName: `greenroom-${scope}.csv`, text: toText(rows, headerOf(name)) }
}

type Rows = {
  next: () => Promise<unknown[][] | undefined>
  end: () => Promise<void>
  lost: AbortSignal
}

/**
 * Refused, or begun: the first rows are there, so that what cannot be read is told before the file begins. `beforeReading` is not
 * called for one that is refused.
 */
async function openRows(deps: Deps, query: ExportQuery, beforeReading: () => Promise<void>): Promise<Rows> {
  const running = underWay.get(deps) ?? 0
  if (running >= mostAtOnce) throw new DomainError('OVERLOADED', { retryAfterMs })
  underWay.set(deps, running + 1)
  const lost = new AbortController()
  const batches = readByCursor(deps, query, (error) => lost.abort(error))
  let isOver = false
  const end = async (): Promise<void> => {
    if (isOver) return
    isOver = true
    underWay.set(deps, (underWay.get(deps) ?? 1) - 1)
    await batches.return()
  }
  const read = async (): Promise<unknown[][] | undefined> => {
    try {
      const batch = await batches.next()
      return batch.done === true ? undefined : batch.value
    } catch (error) {
      await end()
      throw error
    }
  }
  await beforeReading().catch(async (error: unknown) => {
    await end()
    throw error
  })
  let first: { batch: unknown[][] | undefined } | undefined = { batch: await read() }
  const next = async (): Promise<unknown[][] | undefined> => {
    const batch = first === undefined ? await read() : first.batch
    first = undefined
    return batch
  }
  return { next, end, lost: lost.signal }
}

/** An iterator made by hand: a generator that was never begun would not hear that nobody reads it. */
function toText(rows: Rows, header: string[]): Readable {
  let isBegun = false
  const next = async (): Promise<IteratorResult<string, undefined>> => {
    if (!isBegun) {
      isBegun = true
      // the mark by which spreadsheets know UTF-8
      return { done: false, value: `\uFEFF${writeCsv([header])}` }
    }
    const batch = await rows.next()
    if (batch !== undefined) return { done: false, value: writeCsv(batch) }
    await rows.end()
    return { done: true, value: undefined }
  }
  const end = async (): Promise<IteratorResult<string, undefined>> => {
    await rows.end()
    return { done: true, value: undefined }
  }
  const text = Readable.from({ [Symbol.asyncIterator]: () => ({ next, return: end }) })
  rows.lost.addEventListener('abort', () => text.destroy(new Error('the reader was silent for too long')))
  return text
}
