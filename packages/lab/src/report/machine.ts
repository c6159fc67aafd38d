import { execFileSync } from 'node:child_process'
import { cpus, release, totalmem } from 'node:os'
import { repositoryRoot } from './parts.ts'

export type Machine = { cpu: string; cores: number; memoryGb: number; system: string; node: string }

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
  }
}

/** The commit that runs; `+` behind it when files differ from it. */
export function readCommit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: repositoryRoot, encoding: 'utf8' }).trim()
  const changed = git(
    'status',
    '--porcelain',
    '--untracked-files=no',
    '--',
    '.',
    ':!docs/proof.json',
    ':!docs/proof.md',
  )
  return `${git('rev-parse', 'HEAD')}${changed === '' ? '' : '+'}`
}
