import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { forgetProofPart, type ProofPartName } from '@greenroom/stack'
import { repositoryRoot } from './parts.ts'

/**
 * Runs the other commands of the proof, one after the other, each as it is run by hand. What they find is in what they
 * leave for the report; one that dies leaves nothing there.
 */
export async function makeOtherParts(options: {
  operations: number
  say: (line: string) => void
}): Promise<void> {
  const commands: [ProofPartName, string, string[]][] = [
    ['simulation', 'packages/simulation/src/main.ts', ['--operations', String(options.operations)]],
    ['mutants', 'tools/mutants/main.ts', []],
    ['recovery', 'packages/lab/src/main.ts', ['--recovery']],
  ]
  for (const [name, program, args] of commands) {
    options.say(`${name}:`)
    forgetProofPart(name)
    const code = await run([join(repositoryRoot, program), ...args])
    if (code !== 0) options.say(`${name} ended with ${code}`)
  }
}

async function run(args: string[]): Promise<number | string | null> {
  const child = spawn(process.execPath, args, { cwd: repositoryRoot, stdio: 'inherit' })
  const { promise, resolve, reject } = Promise.withResolvers<number | string | null>()
  child.once('error', reject)
  child.once('close', (code, signal) => resolve(code ?? signal))
  return await promise
}
