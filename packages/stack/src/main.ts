import { Command } from 'commander'

import { readStackEnv } from './env.ts'
import { exitWith, launch } from './launch.ts'
import { tolerateClosedOutput } from './log-lines.ts'
import { runOutgrown } from './run-outgrown.ts'
import { runTests } from './run-tests.ts'
import { runWithStack } from './run-with-stack.ts'

const collect = (value: string, earlier: string[]): string[] => [...earlier, value]

const program = new Command('greenroom').enablePositionalOptions()

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

program
  .command('outgrown')
  .description('run the core part of the tests on a Redis Cluster and a Postgres with a replica')
  .argument('[arguments...]')
  .allowUnknownOption()
  .action(async (vitestArgs: string[]) => {
    process.exit(await runOutgrown(readStackEnv(), vitestArgs))
  })

program
  .command('run')
  .description('run a TypeScript program with the database and Redis of this folder')
  .option('--owner', 'tell it the owner of the database too')
  .argument('<file>')
  .argument('[arguments...]')
  .passThroughOptions()
  .allowUnknownOption()
  .action(async (file: string, args: string[], { owner: isOwner = false }: { owner?: boolean }) => {
    process.exit(await runWithStack(readStackEnv(), file, args, { isOwner }))
  })

tolerateClosedOutput()
await program.parseAsync().catch(exitWith)
