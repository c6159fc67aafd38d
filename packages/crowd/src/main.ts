import { concertId, showId } from '@greenroom/contract'
import { Command, InvalidArgumentError, Option } from 'commander'
import { crowdDefaults } from './crowd-options.ts'
import { findBroken, formatReport } from './crowd-report.ts'
import { readBooks } from './read-books.ts'
import { type OnProgress, runCrowd } from './run-crowd.ts'
import { createDisplay } from './show-progress.ts'

type Flags = {
  url: string
  concert: number
  show?: number
  fans: number
  seatsPerFan: { min: number; max: number }
  abandon: number
  absent: number
  observers: number
  thinkMs: number
  timeoutS: number
  killPid?: number
  killWhenSold: number
  operator?: string
  operatorPassword: string
  json: boolean
}

const whole = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('give a whole number')
  return value
}
const share = (text: string): number => {
  const value = Number(text)
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('give a number from 0 to 1')
  return value
}
const range = (text: string): { min: number; max: number } => {
  const [, min, max] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  if (min === undefined || Number(min) < 1 || Number(max ?? min) < Number(min)) {
    throw new InvalidArgumentError('give a number or a range such as 1-4')
  }
  return { min: Number(min), max: Number(max ?? min) }
}

const program = new Command('crowd')
  .description('virtual fans who sign up, wait in line, hold seats, pay or do not, and check what they saw')
  .option('--url <url>', 'the api', 'http://localhost:3000')
  .option('--concert <id>', 'whose line to stand in', whole, 1)
  .option('--show <id>', 'one date; without it each fan picks one', whole)
  .option('--fans <n>', 'how many', whole, 200)
  .addOption(
    new Option('--seats-per-fan <range>', 'how many seats a fan wants')
      .argParser(range)
      .default(crowdDefaults.seatsPerFan, '1-4'),
  )
  .option('--abandon <share>', 'share of fans who hold seats and do not pay', share, crowdDefaults.abandon)
  .option(
    '--absent <share>',
    'share of fans who do not come when it is their turn',
    share,
    crowdDefaults.absent,
  )
  .option('--observers <n>', 'fans who only look, to compare maps', whole, crowdDefaults.observers)
  .option('--think-ms <ms>', 'longest pause of a fan before a step', whole, crowdDefaults.thinkMs)
  .option('--timeout-s <s>', 'end the sale after so long', whole, crowdDefaults.timeoutMs / 1_000)
  .option('--kill-pid <pid>', 'a process to kill in the middle, such as a worker', whole)
  .option('--kill-when-sold <seats>', 'when to kill it: after so many seats were sold', whole, 100)
  .option('--operator <email>', "read the sale's numbers and the server's own checks as this operator")
  .addOption(new Option('--operator-password <password>').default('greenroom'))
  .option('--json', 'print the report as JSON', false)
  .action(async (flags: Flags) => {
    const report = await runCrowd(
      {
        ...crowdDefaults,
        url: flags.url,
        concertId: concertId.parse(flags.concert),
        ...(flags.show === undefined ? {} : { showId: showId.parse(flags.show) }),
        fans: flags.fans,
        seatsPerFan: flags.seatsPerFan,
        abandon: flags.abandon,
        absent: flags.absent,
        observers: flags.observers,
        thinkMs: flags.thinkMs,
        timeoutMs: flags.timeoutS * 1_000,
        ...(flags.operator === undefined
          ? {}
          : { operator: { email: flags.operator, password: flags.operatorPassword } }),
      },
      killInTheMiddle(createDisplay(process.stderr), flags),
    )
    process.stdout.write(flags.json ? `${JSON.stringify(report, undefined, 2)}\n` : formatReport(report))
    process.exit(findBroken(report).length === 0 ? 0 : 1)
  })

/** Ends the process that was named once the sale is under way, and goes on displaying. */
function killInTheMiddle(display: OnProgress, { killPid, killWhenSold }: Flags): OnProgress {
  let isDone = killPid === undefined
  return (crowd, phase, line) => {
    display(crowd, phase, line)
    if (isDone || killPid === undefined || readBooks(crowd.history.events).soldSeatIds.size < killWhenSold)
      return
    isDone = true
    process.stderr.write(`\nkilling process ${killPid}\n`)
    process.kill(killPid, 'SIGKILL')
  }
}

await program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`crowd: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(2)
})
