import type { AccountId, ConcertId, SeatId } from '@greenroom/contract'
import type { Deps } from '@greenroom/core'
import { runInFlight, type Sample } from './in-flight.ts'
import { atOnce, type Effort } from './operation.ts'
import type { ScriptStatement } from './own-statements.ts'
import { findPgbench, runPgbench, shapePgbench } from './pgbench.ts'
import type { BenchShow } from './sale.ts'
import type { Stage } from './stage.ts'

/** Reservations of the floor have the number of their seat, plus this: out of the way of those that the core makes. */
export const reservationOffset = 1_000_000_000

/** Whom and what the floor's transactions are about: the nth fan and the nth seat. */
export type Cast = BenchShow & { concertId: ConcertId; fanIds: AccountId[]; perRound: number }

/** As many fans and seats as the floor's rounds take, one of each for a transaction. */
export const floorTotal = (perRound: number, { rounds }: Effort): number =>
  shapePgbench(perRound, atOnce).transactions * (rounds + 1)

type Floor = { program: 'pgbench' | 'pg'; run: (round: number) => Promise<Sample> }

/**
 * A transaction of our own SQL, for one fan and one seat each: `pgbench` with 64 clients where it is installed, else `pg` with
 * as many connections as the core has. Its variables are `:fan`, `:seat`, `:reservation`. `countDone`: how many of the
 * seats' transactions did what they should.
 */
export async function prepareOwnSql(
  { deps, settings }: Stage,
  floor: {
    cast: Cast
    effort: Effort
    statements: readonly ScriptStatement[]
    countDone: (seatIds: readonly SeatId[]) => Promise<number>
  },
): Promise<Floor> {
  const { cast, statements, countDone } = floor
  const program = await findPgbench()
  if (program === undefined) return { program: 'pg', run: (round) => runByPg(deps, floor, round) }
  const shape = shapePgbench(cast.perRound, atOnce)
  const { transactions: attempted } = shape
  const script = [
    '\\set n :n + 1',
    `\\set at :first + :client_id * ${attempted / shape.clients} + :n`,
    `\\set fan ${cast.fanIds[0] ?? 0} + :at`,
    `\\set seat ${cast.seatIds[0] ?? 0} + :at`,
    `\\set reservation :seat + ${reservationOffset}`,
    ...statements.map(({ text }) => `${text.trim()};`),
  ].join('\n')
  return {
    program: 'pgbench',
    run: async (round) => {
      const first = round * attempted
      const perSecond = await runPgbench(program, {
        databaseUrl: settings.databaseUrl,
        script,
        variables: { n: -1, first },
        shape,
      })
      const succeeded = await countDone(cast.seatIds.slice(first, first + attempted))
      return { attempted, succeeded, elapsedMs: (attempted * 1_000) / perSecond, latenciesMs: [] }
    },
  }
}

async function runByPg(
  deps: Deps,
  { cast, effort, statements }: { cast: Cast; effort: Effort; statements: readonly ScriptStatement[] },
  round: number,
): Promise<Sample> {
  const queries = statements.map(toQuery)
  const turns = Array.from({ length: cast.perRound }, (_, nth) => round * cast.perRound + nth)
  return await runInFlight(turns, { atOnce, maxMs: effort.maxRoundMs }, async (at) => {
    const values = { fan: cast.fanIds[at], seat: cast.seatIds[at] }
    const client = await deps.db.pool.connect()
    try {
      for (const { query, variables } of queries) {
        await client.query({ ...query, values: variables.map((name) => valueOf(name, values)) })
      }
    } finally {
      client.release()
    }
  })
}

/** The same statement for `pg`: each variable a parameter. */
function toQuery({ name, text }: ScriptStatement): {
  query: { name: string; text: string }
  variables: string[]
} {
  const variables: string[] = []
  const numbered = text.replaceAll(/(?<!:):([a-z]+)\b/g, (_all, variable: string) => {
    if (!variables.includes(variable)) variables.push(variable)
    return `$${variables.indexOf(variable) + 1}`
  })
  return { query: { name: `bench-${name}`, text: numbered }, variables }
}

function valueOf(name: string, { fan, seat }: { fan?: AccountId | undefined; seat?: SeatId | undefined }) {
  if (name === 'fan') return fan
  return name === 'seat' ? seat : (seat ?? 0) + reservationOffset
}
