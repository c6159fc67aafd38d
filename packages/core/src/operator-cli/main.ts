import { Command } from 'commander'
import { describeFailure } from './describe-failure.ts'
import { grant, list, revoke } from './operator-commands.ts'

const program = new Command('operator').description('Who may use the console: grant, revoke, list.')

program
  .command('grant')
  .description('make an operator of who signed up with this e-mail; from their next sign-in on')
  .argument('<email>', 'names are not unique, and anybody chooses theirs')
  .action(grant)

program
  .command('revoke')
  .description('make a fan of an operator, and end all their sessions at once')
  .argument('<email>')
  .action(revoke)

program.command('list').description('every operator').action(list)

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`)
  process.exitCode = 1
}
