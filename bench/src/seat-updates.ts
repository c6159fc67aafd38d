import type { ConcertId, SeatId } from '@greenroom/contract'
import type { Deps } from '@greenroom/core'
import { runInFlight, type Sample } from './in-flight.ts'
import { atOnce, type Effort, partOf } from './operation.ts'
import { findPgbench, runPgbench, shapePgbench } from './pgbench.ts'
import { addFans, type BenchShow } from './sale.ts'
import type { Stage } from './stage.ts'

type Hall = BenchShow & { concertId: ConcertId; perRound: number; effort: Effort }

/** The least that taking one seat can be: one conditional UPDATE by key, with the columns and indexes of the real table. */
const takeSeat = (seat: string, reservation: string): string => `
  update seats set status = 'held', reservation_id = ${reservation}, held_until = now() + interval '5 minutes',
                   version = version + 1
  where id = ${seat} and (status = 'available' or (status = 'held' and held_until <= now()))`

/** Reservations of these have the number of their seat, plus this: out of the way of those that the core makes. */
const reservationOffset = 1_000_000_000

/** The floor of holding: `pgbench` with 64 clients where it is installed, else `pg` with 64 statements in flight. */
export async function prepareSeatUpdates(
  { deps, settings }: Pick<Stage, 'deps' | 'settings'>,
  hall: Hall,
): Promise<{ program: 'pgbench' | 'pg'; run: (round: number) => Promise<Sample> }> {
  await addReservations(deps, hall)
  const program = await findPgbench()
  if (program === undefined) return { program: 'pg', run: (round) => updateByPg(deps, hall, round) }
  return {
    program: 'pgbench',
    run: (round) => updateByPgbench({ deps, program, databaseUrl: settings.databaseUrl }, hall, round),
  }
}

/** One for each seat, as in a sale: with a shared one, all updates would queue for its row. */
async function addReservations(deps: Deps, { showId, concertId, seatIds }: Hall): Promise<void> {
  const fanIds = await addFans(deps, 1)
  await deps.db.pool.query(
    `insert into reservations (id, show_id, concert_id, fan_id, seat_ids, amount_minor, held_until, max_held_until)
     select $1::bigint + seat_id, $2, $3, $4, array[seat_id], 0, now() + interval '5 minutes', now() + interval '15 minutes'
     from unnest($5::bigint[]) seat_id`,
    [reservationOffset, showId, concertId, fanIds[0], seatIds],
  )
}

async function updateByPg(deps: Deps, hall: Hall, round: number): Promise<Sample> {
  const text = takeSeat('$1', `$1::bigint + ${reservationOffset}`)
  const limits = { atOnce, maxMs: hall.effort.maxRoundMs }
  return await runInFlight(partOf(hall.seatIds, round, hall.perRound), limits, async (seatId) => {
    const { rowCount } = await deps.db.pool.query({ name: 'bench-take-seat', text, values: [seatId] })
    if (rowCount !== 1) throw new Error('the seat was not free')
  })
}

async function updateByPgbench(
  by: { deps: Deps; program: string; databaseUrl: string },
  hall: Hall,
  round: number,
): Promise<Sample> {
  const shape = shapePgbench(hall.perRound, atOnce)
  const { transactions: attempted } = shape
  const seatIds = partOf(hall.seatIds, round, attempted)
  if (seatIds.length < attempted) throw new Error('the hall is too small for the floor')
  const perSecond = await runPgbench(by.program, {
    databaseUrl: by.databaseUrl,
    script: `\\set n :n + 1\n\\set seat :first + :client_id * ${attempted / shape.clients} + :n\n${takeSeat(':seat', `:seat + ${reservationOffset}`)};\n`,
    variables: { n: -1, first: seatIds[0] ?? 0 },
    shape,
  })
  return {
    attempted,
    succeeded: await countHeld(by.deps, seatIds),
    elapsedMs: (attempted * 1_000) / perSecond,
    latenciesMs: [],
  }
}

async function countHeld(deps: Deps, seatIds: readonly SeatId[]): Promise<number> {
  const { rows } = await deps.db.pool.query<{ held: number }>(
    "select count(*)::int as held from seats where id = any($1) and status = 'held'",
    [seatIds],
  )
  return rows[0]?.held ?? 0
}
