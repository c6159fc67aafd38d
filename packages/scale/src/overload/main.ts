import { Command, InvalidArgumentError } from 'commander'
import { openServers } from '../machine/open-servers.ts'
import { formatOverload } from './format-overload.ts'
import { findOverloadFaults, judgeOverload } from './judge-overload.ts'
import { runOverload } from './run-overload.ts'

type Flags = { rounds: number; seconds: number; factor: number; json: boolean }

const { rounds, seconds, factor, json }: Flags = new Command('overload')
  .description('asks more of the api than it can serve, and looks at what the fans inside notice of it')
  .option('--rounds <n>', 'how often, in turns with no load', toNumber, 5)
  .option('--seconds <n>', 'how long each part of a round takes', toNumber, 6)
  .option('--factor <n>', 'how many times what the server can serve', toNumber, 4)
  .option('--json', 'prints the verdict as JSON', false)
  .parse()
  .opts()

const servers = await openServers()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void servers.stop().finally(() => process.exit(130)))
try {
  const found = await runOverload(servers, { rounds, partMs: seconds * 1_000, factor, say })
  const verdict = judgeOverload(found)
  process.stdout.write(json ? `${JSON.stringify(verdict, null, 2)}\n` : formatOverload(found, verdict))
  process.exitCode = findOverloadFaults(verdict).length === 0 ? 0 : 1
} finally {
  await servers.stop()
}

function toNumber(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('a number above 0')
  return value
}

function say(line: string): void {
  process.stderr.write(`overload | ${line}\n`)
}
