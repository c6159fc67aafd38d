import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { drillBackup } from './drill-backup.ts'
import { drillPromotion } from './drill-promotion.ts'
import {
  type DrillName,
  drillNames,
  type DrillOptions,
  type DrillReport,
  formatDrill,
} from './drill-report.ts'

const drills: Record<DrillName, (options: DrillOptions) => Promise<DrillReport>> = {
  promotion: drillPromotion,
  backup: drillBackup,
}

function toNumber(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('a number above 0')
  return value
}

const { only, fans, seconds, out } = new Command('drill')
  .description('loses servers on purpose, and measures what is lost with them and how long it takes to go on')
  .addOption(new Option('--only <drill>', 'this one alone').choices(drillNames))
  .option('--fans <n>', 'how many buy meanwhile', toNumber, 60)
  .option('--seconds <n>', 'how long they buy before and after', toNumber, 10)
  .option('--out <folder>', 'where drills/<name>.md goes')
  .parse()
  .opts<{ only?: DrillName; fans: number; seconds: number; out?: string }>()

let hasFound = false
for (const name of only === undefined ? drillNames : [only]) {
  const say = (line: string): void => void process.stdout.write(`${name}: ${line}\n`)
  const report = await drills[name]({ fans, seconds, say })
  for (const [says, value] of Object.entries(report.figures)) say(`${says}: ${value}`)
  for (const { oracle, fault } of report.violations) say(`FOUND ${oracle}: ${fault}`)
  if (out !== undefined) write(out, report)
  hasFound ||= report.violations.length > 0
}
process.exit(hasFound ? 1 : 0)

function write(folder: string, report: DrillReport): void {
  mkdirSync(join(folder, 'drills'), { recursive: true })
  writeFileSync(join(folder, 'drills', `${report.name}.md`), formatDrill(report))
}
