import { execFile } from 'node:child_process'
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
  clients: number
  transactionsPerClient: number
}

/** As the core's own connections ask for: see openDatabase. */
const sameSettings =
  '-c role=greenroom_app -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off'

const timeoutMs = 20_000

/** Runs the script as prepared statements; answers with the transactions a second that pgbench counted, connecting left out. */
export async function runPgbench(program: string, bench: PgbenchRun): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-pgbench-'))
  try {
    const file = join(folder, 'script.sql')
    writeFileSync(file, bench.script)
    const { stdout } = await run(
      program,
      [
        '--no-vacuum',
        '--protocol=prepared',
        '--jobs=2',
        `--file=${file}`,
        ...Object.entries(bench.variables).map(([name, value]) => `--define=${name}=${value}`),
        `--client=${bench.clients}`,
        `--transactions=${bench.transactionsPerClient}`,
        `${bench.databaseUrl}?options=${encodeURIComponent(sameSettings)}`,
      ],
      { timeout: timeoutMs },
    )
    const perSecond = Number(/^tps = ([\d.]+) \(without initial connection time\)/m.exec(stdout)?.[1])
    if (!(perSecond > 0)) throw new Error(`pgbench gave no rate:\n${stdout}`)
    return perSecond
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
