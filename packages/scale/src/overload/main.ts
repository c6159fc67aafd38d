import { Command } from 'commander'
import { sayAs, toNumber } from '../machine/command-line.ts'
import { withServers } from '../machine/with-servers.ts'
import { formatOverload } from './format-overload.ts'
import { findOverloadFaults, judgeOverload } from './judge-overload.ts'
import { runOverload } from './run-overload.ts'

type Flags = { rounds: number; seconds: number; factor: number; fans: number; json: boolean }

const say = sayAs('overload')
const { rounds, seconds, factor, fans, json }: Flags = new Command('overload')
  .description('asks more of the api than it can serve, and looks at what the fans inside notice of it')
  .option('--rounds <n>', 'how often, in turns with no load', toNumber, 5)
  .option('--seconds <n>', 'how long each part of a round takes', toNumber, 6)
  .option('--factor <n>', 'how many times what the server can serve', toNumber, 4)
  .option('--fans <n>', 'how many are inside, each with some seven calls a second', toNumber, 32)
  .option('--json', 'prints the verdict as JSON', false)
  .parse()
  .opts()

await withServers(async (servers) => {
  const found = await runOverload(servers, {
    rounds,
    partMs: seconds * 1_000,
    factor,
    insideFans: fans,
    say,
  })
  const verdict = judgeOverload(found)
  process.stdout.write(json ? `${JSON.stringify(verdict, null, 2)}\n` : formatOverload(found, verdict))
  process.exitCode = findOverloadFaults(verdict).length === 0 ? 0 : 1
})
