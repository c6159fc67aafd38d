import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ProofPart, type ProofPartName, proofFolder } from '@greenroom/stack'
import type { ProofRun } from '../prove.ts'
import type { RecoveryFigures, RecoveryMeasurement } from '../recovery/recovery-figures.ts'

export const repositoryRoot = join(import.meta.dirname, '../../../..')

/** `null`: that command was not run here since the folder was made. */
export type OtherParts = {
  mutants: (ProofPart & { total: number; killed: number }) | null
  simulation: (ProofPart & { operations: number; runs: number }) | null
  recovery: RecoveryFigures | null
}

export const noOtherParts: OtherParts = { mutants: null, simulation: null, recovery: null }

/**
 * What the other commands wrote down: `pnpm mutants`, `pnpm simulate`, `pnpm prove --recovery`. Never throws for what is
 * written there: a part that cannot be read is `null`, and why is in `unreadable`.
 */
export function readOtherParts(folder = proofFolder): { parts: OtherParts; unreadable: string[] } {
  const unreadable: string[] = []
  const read = <Part>(name: ProofPartName, take: (part: object) => Part): Part | null => {
    try {
      const part = readPart(folder, name)
      return part && take(part)
    } catch (error) {
      unreadable.push(
        `${name}.json cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      )
      return null
    }
  }
  const parts = {
    mutants: read('mutants', (part) => ({
      ...readCommon(part),
      total: numberIn(part, 'total'),
      killed: numberIn(part, 'killed'),
    })),
    simulation: read('simulation', (part) => ({
      ...readCommon(part),
      operations: numberIn(part, 'operations'),
      runs: numberIn(part, 'runs'),
    })),
    recovery: read('recovery', (part) => ({
      ...readCommon(part),
      measuredAt: textIn(part, 'measuredAt'),
      measurements: measurementsIn(part),
    })),
  }
  return { parts, unreadable }
}

/** Writes a file of the report, with the folders above it. */
export function writeReport(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** What a violation is explained from: when Redis lost something, then a line for each event. */
export function writeHistory(
  path: string,
  { history, redisLostAtMs, quietAtMs }: Pick<ProofRun, 'history' | 'redisLostAtMs' | 'quietAtMs'>,
): void {
  const lines = [{ redisLostAtMs, quietAtMs }, ...history].map((each) => `${JSON.stringify(each)}\n`)
  writeReport(path, lines.join(''))
}

function readPart(folder: string, name: ProofPartName): object | null {
  const file = join(folder, `${name}.json`)
  if (!existsSync(file)) return null
  const part: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (typeof part !== 'object' || part === null) throw new Error('it holds no object')
  return part
}

function readCommon(part: object): ProofPart {
  const seed: unknown = Reflect.get(part, 'seed')
  return {
    commit: textIn(part, 'commit'),
    seed: seed === null ? null : numberIn(part, 'seed'),
    violations: numberIn(part, 'violations'),
  }
}

function numberIn(part: object, name: string): number {
  const value: unknown = Reflect.get(part, name)
  if (typeof value !== 'number') throw new Error(`it has no number ${name}`)
  return value
}

function textIn(part: object, name: string): string {
  const value: unknown = Reflect.get(part, name)
  if (typeof value !== 'string') throw new Error(`it has no text ${name}`)
  return value
}

function measurementsIn(part: object): RecoveryMeasurement[] {
  const value: unknown = Reflect.get(part, 'measurements')
  if (!Array.isArray(value)) throw new Error('it has no measurements')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by measureRecovery
  return value as RecoveryMeasurement[]
}
