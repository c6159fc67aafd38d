import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { repositoryRoot } from './repository.ts'

/** Where commands leave what they found, for the report of `pnpm prove`: made anew by each of them, kept out of the repository. */
export const proofFolder = join(repositoryRoot, '.proof')

/** The parts of the report that commands of their own make. */
export type ProofPartName = 'simulation' | 'mutants' | 'recovery'

/** What every part says, whatever else it does. */
export type ProofPart = {
  /** What ran, from beginning to end: see readCommit. */
  commit: string
  /** What runs it again; `null` where nothing is drawn. */
  seed: number | null
  /** How many faults it found. */
  violations: number
}

/** Written by the commands that make the proof: they change nothing that runs. */
const reports = ['docs/proof.json', 'docs/proof.md', 'docs/mutants.md']

/** The commit that is here now; `+` behind it when files differ from it, or when this is no clone and nobody can tell. */
export function readCommit(): string {
  if (!existsSync(join(repositoryRoot, '.git'))) return 'no commit+'
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: repositoryRoot, encoding: 'utf8' }).trim()
  const changed = git(
    'status',
    '--porcelain',
    '--untracked-files=no',
    '--',
    '.',
    ...reports.map((file) => `:!${file}`),
  )
  return `${git('rev-parse', 'HEAD')}${changed === '' ? '' : '+'}`
}

/** What ran between two readings of the commit: when they differ it is no commit at all. */
export function joinCommits(atStart: string, atEnd: string): string {
  return atStart === atEnd ? atStart : `${atStart}, then ${atEnd}`
}

export function writeProofPart(name: ProofPartName, part: ProofPart & Record<string, unknown>): void {
  mkdirSync(proofFolder, { recursive: true })
  const file = join(proofFolder, `${name}.json`)
  // whoever reads it meanwhile finds the one before
  writeFileSync(`${file}.new`, `${JSON.stringify(part, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}

/** So that what an earlier run left behind is not taken for this one's. */
export function forgetProofPart(name: ProofPartName): void {
  rmSync(join(proofFolder, `${name}.json`), { force: true })
}
