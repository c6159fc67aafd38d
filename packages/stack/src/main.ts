import { Command } from 'commander'

import { readStackEnv } from './env.ts'
import { exitWith, launch } from './launch.ts'
import { tolerateClosedOutput } from './log-lines.ts'
import { runTests } from './run-tests.ts'

const collect = (value: string, earlier: string[]): string[] => [...earlier, value]

const program = new Command('greenroom')

program
  .command('start', { isDefault: true })
  .description('start everything and keep it running')
  .action(async () => {
    await launch(readStackEnv())
  })

program
  .command('test')
  .description('run every test on a private stack; further arguments go to vitest')
  .option('--no-browser', 'leave out the tests that need a browser')
  .option('--project <name>', 'only this project (unit, int or e2e); may be given again', collect, [])
  .argument('[arguments...]')
  .allowUnknownOption()
  .action(async (vitestArgs: string[], options: { browser: boolean; project: string[] }) => {
    const { browser, project: projects } = options
    process.exit(await runTests(readStackEnv(), { browser, projects, vitestArgs }))
  })

tolerateClosedOutput()
await program.parseAsync().catch(exitWith)
