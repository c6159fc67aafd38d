import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Finding } from './finding.ts'
import { formatMarkdown } from './report.ts'

/** Where and on what it was found. */
type Circumstances = {
  commit: string
  startedAt: string
  minutes: number
  machine: string
  node: string
  /** Before the first row and after the last. */
  loadAverages: [number, number]
}

const repository = new URL('../..', import.meta.url).pathname

export function describeRun(run: {
  beganMs: number
  endedMs: number
  loadAverages: [number, number]
}): Circumstances {
  return {
    commit: readCommit(),
    startedAt: new Date(run.beganMs).toISOString(),
    minutes: Math.round((run.endedMs - run.beganMs) / 6_000) / 10,
    machine: `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GiB`,
    node: process.versions.node,
    loadAverages: run.loadAverages,
  }
}

/** The commit, and whether anything was changed since. */
function readCommit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim()
  const commit = git('rev-parse', 'HEAD')
  const results = [':(exclude)bench/results.json', ':(exclude)bench/results.md']
  return git('status', '--porcelain', '--', '.', ...results) === '' ? commit : `${commit} with changes`
}

/** `results.json` and `results.md` in that folder, over those of the run before. */
export function writeResults(folder: string, findings: readonly Finding[], about: Circumstances): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify({ ...about, findings }, null, 2)}\n`)
  const [before, after] = about.loadAverages
  const head = [
    '# The latest run of the bench',
    '',
    'Written by `pnpm bench --out bench`. What each row is, and how to read it, says `README.md`.',
    '',
    `- commit ${about.commit}`,
    `- ${about.startedAt}, ${about.minutes} minutes`,
    `- ${about.machine}, Node ${about.node}, load average ${before.toFixed(1)} at the start and ${after.toFixed(1)} at the end`,
    '',
  ]
  writeFileSync(join(folder, 'results.md'), `${[...head, formatMarkdown(findings)].join('\n')}\n`)
}
