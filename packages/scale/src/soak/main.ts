import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeMachine } from '@greenroom/lab'
import { readCommit } from '@greenroom/stack'
import { Command } from 'commander'
import { sayAs, toNumber } from '../machine/command-line.ts'
import { withServers } from '../machine/with-servers.ts'
import { formatSoak } from './format-soak.ts'
import { runSoak } from './run-soak.ts'

type Flags = { minutes: number; fans: number; out?: string }

const samples = 240

const say = sayAs('soak')
const { minutes, fans, out }: Flags = new Command('soak')
  .description('fans who come and go all the time, and what grows meanwhile: nothing may')
  .option('--minutes <n>', 'how long; under ten much still warms up', toNumber, 60)
  .option('--fans <n>', 'how many come and go', toNumber, 30)
  .option('--out <folder>', 'writes soak.md there; `docs` keeps it in the repository')
  .parse()
  .opts()

const commit = readCommit()
await withServers(async (servers) => {
  const found = await runSoak(servers, { minutes, fans, samples, say })
  const report = formatSoak(found, { commit, machine: describeMachine(), finishedAt: new Date() })
  process.stdout.write(report)
  if (out !== undefined) writeFileSync(join(out, 'soak.md'), report)
  process.exitCode = found.trends.some(({ grew }) => grew) ? 1 : 0
})
