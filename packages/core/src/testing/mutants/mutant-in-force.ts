import { allMutants } from './all-mutants.ts'
import type { Mutant } from './mutant.ts'

/**
 * The guard that this run of the tests does without, by `GREENROOM_MUTANT`. Read here alone, and nothing but tests can
 * import this; a process of the product refuses to start with the variable set (see platform/env.ts).
 */
export function mutantInForce(env: NodeJS.ProcessEnv = process.env): Mutant | undefined {
  const { GREENROOM_MUTANT: name } = env
  if (name === undefined) return undefined
  const mutant = allMutants.find((each) => each.name === name)
  if (mutant === undefined) throw new Error(`GREENROOM_MUTANT names no mutant: ${name}`)
  return mutant
}
