import { execFile } from 'node:child_process'
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fetchPgbench } from '@greenroom/stack'

const run = promisify(execFile)

/** On the PATH, else where Debian's packages put it (newest version first), else fetched. `undefined`: there is none. */
export async function findPgbench(): Promise<string | undefined> {
  const packaged = globSync('/usr/lib/postgresql/*/bin/pgbench').toSorted().toReversed()
  for (const program of ['pgbench', ...packaged]) {
    const answers = await run(program, ['--version']).then(
      () => true,
      () => false,
    )
    if (answers) return program
  }
  return fetchPgbench((line) => process.stderr.write(`bench    | ${line}\n`))
}

export type PgbenchRun = {
  databaseUrl: string
  script: string
  variables: Record<string, number>
  shape: PgbenchShape
}

/** What a run is made of: clients, what each does while it warms up and while it counts, and all of that together. */
export type PgbenchShape = { clients: number; warmUpEach: number; countedEach: number; transactions: number }

/**
 * Each client of `pgbench` is a new backend of Postgres, which reads its catalogues and prepares its statements at its first
 * transactions: milliseconds, many times what one costs. Ours are warm, so these have a few that do not count.
 */
export function shapePgbench(calls: number, atOnce: number): PgbenchShape {
  const clients = Math.min(atOnce, calls)
  const countedEach = Math.floor(calls / clients)
  return { clients, warmUpEach, countedEach, transactions: clients * (warmUpEach + countedEach) }
}

const warmUpEach = 5

/** As the core's own connections ask for: see openDatabase. */
const sameSettings =
  '-c role=greenroom_app -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off'

const timeoutMs = 20_000

/** Runs the script as prepared statements; answers with the transactions a second of the clients that have warmed up. */
export async function runPgbench(program: string, bench: PgbenchRun): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-pgbench-'))
  try {
    const file = join(folder, 'script.sql')
    writeFileSync(file, bench.script)
    const { shape } = bench
    const { stdout } = await run(
      program,
      [
        '--no-vacuum',
        '--protocol=prepared',
        '--jobs=2',
        `--file=${file}`,
        '--log',
        `--log-prefix=${join(folder, 'log')}`,
        ...Object.entries(bench.variables).map(([name, value]) => `--define=${name}=${value}`),
        `--client=${shape.clients}`,
        `--transactions=${shape.warmUpEach + shape.countedEach}`,
        `${bench.databaseUrl}?options=${encodeURIComponent(sameSettings)}`,
      ],
      { timeout: timeoutMs },
    )
    const logs = readdirSync(folder).filter((name) => name.startsWith('log'))
    const perSecond = warmRate(logs.map((name) => readFileSync(join(folder, name), 'utf8')).join(''), shape)
    if (!(perSecond > 0)) throw new Error(`pgbench gave no rate:\n${stdout}`)
    return perSecond
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Of a log of `client transaction time script epoch microseconds` a line, written as each ends: what all clients together do in a
 * second, each over its own time after its warm-up. `NaN` when a client did not get through.
 */
export function warmRate(log: string, { clients, warmUpEach: warmUp, countedEach }: PgbenchShape): number {
  const endsMs = new Map<string, number[]>()
  for (const line of log.split('\n').filter((text) => text !== '')) {
    const [client = '', , , , seconds, microseconds] = line.split(' ')
    const ends = endsMs.get(client) ?? []
    ends.push(Number(seconds) * 1_000 + Number(microseconds) / 1_000)
    endsMs.set(client, ends)
  }
  if (endsMs.size < clients) return Number.NaN
  return [...endsMs.values()]
    .map(
      (ends) =>
        (countedEach * 1_000) /
        ((ends[warmUp + countedEach - 1] ?? Number.NaN) - (ends[warmUp - 1] ?? Number.NaN)),
    )
    .reduce((sum, rate) => sum + rate, 0)
}
