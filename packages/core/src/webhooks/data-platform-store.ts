import type { WebhookEvent } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import { eventColumns } from './event-store.ts'

export type Progress = { lastPosition: number; failures: number; nowMs: number; day: string }

/** Takes the data platform's turn until the transaction ends; `undefined` when another process has it, or it is to be left alone for now. */
export async function takeTurn(tx: Tx): Promise<Progress | undefined> {
  const { rows } = await tx.query<Progress>({
    name: 'take-data-platform-turn',
    text: takeTurnText,
  })
  return rows[0]
}

export const takeTurnText = `
select last_position as "lastPosition", failures, floor(extract(epoch from now()) * 1000)::float8 as "nowMs",
       to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day
from data_platform_progress where next_attempt_at <= now() for update skip locked`

/** An event with its place in the order in which the platform hears of them. */
export type PlacedEvent = { position: number; event: WebhookEvent }

export async function findEventsAfter(tx: Tx, position: number, limit: number): Promise<PlacedEvent[]> {
  const { rows } = await tx.query<PlacedEvent>({
    name: 'find-events-after',
    text: `select position, (select row_to_json(event) from (select ${eventColumns}) event) as event
           from events where position > $1 and type <> 'webhook.test' order by position limit $2`,
    values: [position, limit],
  })
  return rows
}

export async function noteSent(tx: Tx, lastPosition: number): Promise<void> {
  await tx.query({
    name: 'note-sent-to-data-platform',
    text: 'update data_platform_progress set last_position = $1, failures = 0',
    values: [lastPosition],
  })
}

/** The wait doubles with each failure in a row, from a second to five minutes. */
export async function noteNotSent(tx: Tx): Promise<void> {
  await tx.query({
    name: 'note-not-sent-to-data-platform',
    text: `update data_platform_progress
           set next_attempt_at = now() + make_interval(secs => least(300, 2 ^ least(failures, 10))), failures = failures + 1`,
  })
}
