import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCommit } from '@greenroom/stack'
import { Command } from 'commander'
import { sayAs, toCountFrom } from '../machine/command-line.ts'
import { withServers } from '../machine/with-servers.ts'
import { findScans, formatPlans } from './format-plans.ts'
import { explainSale } from './run-plans.ts'

type Flags = { small: number; large: number; out?: string }

const toCount = toCountFrom(20)
const say = sayAs('plans')
const { small, large, out }: Flags = new Command('plans')
  .description('explains every hot statement as the product sends it, in a sale that is half over')
  .option('--small <n>', 'seats of the small show', toCount, 1_000)
  .option('--large <n>', 'seats of the large show', toCount, 50_000)
  .option('--out <folder>', 'writes plans.md there; `docs` keeps it in the repository')
  .parse()
  .opts()

const commit = readCommit()
await withServers(async (servers) => {
  const found = {
    smallSeats: small,
    largeSeats: large,
    small: await explainSale(servers, small),
    large: await explainSale(servers, large),
  }
  const report = formatPlans(found, commit)
  if (out === undefined) process.stdout.write(report)
  else writeFileSync(join(out, 'plans.md'), report)
  const scans = findScans(found)
  for (const scan of scans) say(`reads a whole table: ${scan}`)
  process.exitCode = scans.length === 0 ? 0 : 1
})
