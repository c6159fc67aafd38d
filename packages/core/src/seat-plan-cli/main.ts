import { venuePreset } from '@greenroom/contract'
import { Command, Option } from 'commander'
import { describeFailure } from './describe-failure.ts'
import { generatePlan } from './generate-plan.ts'
import { importPlan } from './import-plan.ts'
import { listPlans } from './list-plans.ts'
import { sellPlan } from './sell-plan.ts'

const collect = (value: string, earlier: string[]): string[] => [...earlier, value]

const program = new Command('seat-plan').description(
  'Seat plans in the format of pretix: import, generate, list, put on sale.',
)

program
  .command('import')
  .description('take a seating plan into the catalogue, whole or not at all')
  .argument('<file>', 'a pretix seating plan (JSON)')
  .option('--name <name>', 'call it otherwise than the file does')
  .option('--round-area-sizes', 'accept fractions as sizes of decorations, rounded')
  .action(importPlan)

program
  .command('generate')
  .description('write the plan of a venue of usual dimensions')
  .addArgument(program.createArgument('<preset>').choices(venuePreset.options))
  .requiredOption('--out <file>', 'where to write it')
  .action(generatePlan)

program.command('list').description('the plans in the catalogue, with their categories').action(listPlans)

program
  .command('sell')
  .description('make a concert with one show from a plan, on sale at once')
  .argument('<plan>', 'its id, as `list` shows it')
  .requiredOption('--title <text>', 'what it is called, in every language')
  .option('--artist <name>', 'who plays', 'Various artists')
  .requiredOption(
    '--price <price>',
    '50000 for every category, or VIP=150000 for one; may repeat',
    collect,
    [],
  )
  .option('--in-days <days>', 'days from now until the show', '30')
  .option('--time-zone <zone>', "the venue's", 'Asia/Seoul')
  .option('--capacity <fans>', 'fans inside at a time', '200')
  .option('--seats-per-fan <seats>', 'at most', '4')
  .addOption(
    new Option('--line <mode>', 'how the line is ordered').choices(['fifo', 'lottery']).default('fifo'),
  )
  .option('--opens-in <minutes>', 'minutes until the sale opens; a lobby is open until then', '0')
  .action(sellPlan)

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`)
  process.exitCode = 1
}
