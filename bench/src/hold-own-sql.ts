import { holdSeats, relayOutbox } from '@greenroom/core'
import { runInFlight } from './in-flight.ts'
import { atOnce, callsPerRound, partOf, type RatedOperation, seatsFor } from './operation.ts'
import { floorTotal, prepareOwnSql } from './own-sql-floor.ts'
import { type Parameters, recordStatements } from './own-statements.ts'
import { addFans, letIn, openSale } from './sale.ts'

const seatCount = 20_000
const perFullRound = 1_920

/** The same holds as `hold`, beside the very SQL of one of them. */
export const holdOwnSql: RatedOperation = {
  name: 'hold-own-sql',
  title: `hold, beside its own SQL, ${atOnce} in flight`,
  unit: 'holds/s',
  goal: 2,
  prepare: async (stage, effort) => {
    const { deps } = stage
    const perRound = callsPerRound(effort, perFullRound)
    const total = perRound * (effort.rounds + 1)
    const { concertId, shows } = await openSale(deps, {
      seatCount: seatsFor(effort, seatCount),
      showCount: 2,
      capacity: 1_000_000,
    })
    const [show, floorShow] = shows
    if (show === undefined || floorShow === undefined) throw new Error('two shows were asked for')
    const [warm, sample, ...fans] = await letIn(deps, concertId, total + 2)
    if (warm === undefined || sample === undefined) throw new Error('nobody was let in')
    const wishOf = (fan: typeof sample, at: number) => ({
      ...fan,
      showId: show.showId,
      seatIds: show.seatIds.slice(at, at + 1),
    })
    // once before: what a process reads at its first call, or every second, is not what each call sends
    await holdSeats(deps, wishOf(warm, total + 1))
    const statements = await recordStatements(deps, parametersOf(floorShow.showId), async (recorded) => {
      await holdSeats(recorded, wishOf(sample, total + 2))
    })
    const fanIds = await addFans(deps, floorTotal(perRound, effort))
    const cast = { ...floorShow, concertId, fanIds, perRound }
    const countDone = async (seatIds: readonly number[]): Promise<number> => {
      const { rows } = await deps.db.pool.query<{ held: number }>(
        "select count(*)::int as held from seats where id = any($1) and status = 'held'",
        [seatIds],
      )
      return rows[0]?.held ?? 0
    }
    const floor = await prepareOwnSql(stage, { cast, effort, statements, countDone })
    const wishes = fans.map(wishOf)
    return {
      floorName: `${floor.program}, the SQL of one hold, prepared (${statements.map(({ name }) => name).join(', ')})`,
      isGoalsFloor: floor.program === 'pgbench',
      ours: (round) =>
        runInFlight(partOf(wishes, round, perRound), { atOnce, maxMs: effort.maxRoundMs }, async (wish) => {
          await holdSeats(deps, wish)
        }),
      floor: floor.run,
      settle: async () => {
        while ((await relayOutbox(deps)) > 0);
      },
    }
  },
}

const parametersOf = (showId: number): Parameters => ({
  'read-scene': ['array[:seat]', `array[${showId}]`, 'array[:fan]'],
  'place-free-holds': [`array[${showId}]`, 'array[:fan]', "array['{' || :seat || '}']", 'array[:seat]'],
})
