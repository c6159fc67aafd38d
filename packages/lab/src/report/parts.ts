import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ProofRun } from '../prove.ts'
import type { RecoveryFigures } from '../recovery/recovery-figures.ts'

export const repositoryRoot = join(import.meta.dirname, '../../../..')

/** Where the commands leave what they found, for the report: made anew by each of them, kept out of the repository. */
const folder = join(repositoryRoot, '.proof')

/** `null`: that command was not run here since the folder was made. */
export type OtherParts = {
  mutants: { total: number; killed: number } | null
  simulatedOperations: number | null
  recovery: RecoveryFigures | null
}

/** What the other commands wrote down: `pnpm mutants`, `pnpm simulate`, `pnpm prove --recovery`. */
export function readOtherParts(): OtherParts {
  const mutants = readPart('mutants')
  const simulation = readPart('simulation')
  const recovery = readPart('recovery')
  return {
    mutants:
      mutants === undefined
        ? null
        : { total: numberIn(mutants, 'total'), killed: numberIn(mutants, 'killed') },
    simulatedOperations: simulation === undefined ? null : numberIn(simulation, 'operations'),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by writeRecovery below
    recovery: recovery === undefined ? null : (recovery as RecoveryFigures),
  }
}

export function writeRecovery(figures: RecoveryFigures): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'recovery.json'), `${JSON.stringify(figures, null, 2)}\n`)
}

/** Writes a file of the report, with the folders above it. */
export function writeReport(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** What a violation is explained from: when Redis lost something, then a line for each event. */
export function writeHistory(
  path: string,
  { history, redisLostAtMs }: Pick<ProofRun, 'history' | 'redisLostAtMs'>,
): void {
  const lines = [{ redisLostAtMs }, ...history].map((each) => `${JSON.stringify(each)}\n`)
  writeReport(path, lines.join(''))
}

function readPart(name: string): object | undefined {
  const file = join(folder, `${name}.json`)
  if (!existsSync(file)) return undefined
  const part: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (typeof part !== 'object' || part === null) throw new Error(`${file} holds no object`)
  return part
}

function numberIn(part: object, name: string): number {
  const value: unknown = Reflect.get(part, name)
  if (typeof value !== 'number') throw new Error(`a part of the proof has no number ${name}`)
  return value
}
