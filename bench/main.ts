import { availableParallelism, cpus, loadavg } from 'node:os'
import { Argument, Command } from 'commander'
import type { Finding } from './src/finding.ts'
import { measure } from './src/measure.ts'
import { type Effort, fullEffort, smokeEffort } from './src/operation.ts'
import { operations } from './src/operations.ts'
import { findFailures, formatTable } from './src/report.ts'
import { openStage } from './src/stage.ts'
import { describeRun, writeResults } from './src/write-results.ts'

const names = operations.map((operation) => operation.name)

const program = new Command('bench')
  .description('measures each operation beside its floor, in turns, on a Postgres and a Redis of its own')
  .addArgument(new Argument('[names...]', 'which operations; all of them when none is named').choices(names))
  .option('--json', 'print the findings as JSON')
  .option('--out <folder>', 'write them to results.json and results.md there, with commit and machine')
  .option('--smoke', 'one short round of everything: shows that it runs, its numbers mean nothing')
  .action(async (wanted: string[], options: { json?: true; out?: string; smoke?: true }) => {
    const run = { beganMs: Date.now(), loadBefore: loadNow() }
    const findings = await runBench(wanted, options.smoke ? smokeEffort : fullEffort)
    const loadAverages: [number, number] = [run.loadBefore, loadNow()]
    if (options.out !== undefined)
      writeResults(options.out, findings, describeRun({ ...run, endedMs: Date.now(), loadAverages }))
    process.stdout.write(`${options.json ? JSON.stringify(findings, null, 2) : formatTable(findings)}\n`)
    for (const failure of findFailures(findings)) {
      say(failure)
      process.exitCode = 1
    }
  })

async function runBench(wanted: readonly string[], effort: Effort): Promise<Finding[]> {
  const chosen = operations.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  say(`${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(opening))
  const opening = openStage()
  const stage = await opening
  try {
    const findings: Finding[] = []
    for (const operation of chosen) {
      say(`${operation.name} (load average ${loadNow().toFixed(1)})`)
      findings.push(...(await measure(operation, stage, effort)))
    }
    return findings
  } finally {
    await stage.close()
  }
}

const loadNow = (): number => loadavg()[0] ?? 0

/** Also when the servers are only just starting: they would end with us, but their data would stay. */
async function stop(opening: ReturnType<typeof openStage>): Promise<void> {
  say('stopping')
  try {
    await (await opening).close()
  } finally {
    process.exit(130)
  }
}

function say(line: string): void {
  process.stderr.write(`bench    | ${line}\n`)
}

await program.parseAsync().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
