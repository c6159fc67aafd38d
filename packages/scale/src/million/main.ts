import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeMachine } from '@greenroom/lab'
import { readCommit } from '@greenroom/stack'
import { Command } from 'commander'
import { sayAs, toCountFrom } from '../machine/command-line.ts'
import { withServers } from '../machine/with-servers.ts'
import { findFaults } from './find-faults.ts'
import { formatScale } from './format-scale.ts'
import { runMillion } from './run-million.ts'

type Flags = { fans: number; seats: number; capacity: number; out?: string; json: boolean }

const toCount = toCountFrom(1)
const say = sayAs('million')
const { fans, seats, capacity, out, json }: Flags = new Command('million')
  .description('a sale of a million fans in one process: the real Redis scripts and the real SQL, no network')
  .option('--fans <n>', 'how many stand in line', toCount, 1_000_000)
  .option('--seats <n>', 'how many seats are sold', toCount, 50_000)
  .option('--capacity <n>', 'fans inside at a time', toCount, 1_000)
  .option('--out <folder>', 'writes scale.md there; `docs` keeps it in the repository')
  .option('--json', 'prints what was found as JSON', false)
  .parse()
  .opts()

const commit = readCommit()
await withServers(async (servers) => {
  const found = await runMillion(servers, { fans, seats, capacity, say })
  const report = formatScale(found, { commit, machine: describeMachine(), finishedAt: new Date() })
  process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : report)
  if (out !== undefined) writeFileSync(join(out, 'scale.md'), report)
  const faults = findFaults(found)
  for (const fault of faults) say(fault)
  process.exitCode = faults.length === 0 ? 0 : 1
})
