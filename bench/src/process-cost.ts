import { readFileSync } from 'node:fs'

/** What a process spent on each side, in microseconds of a core for a call that succeeded, and what memory it has. */
export type ProcessCost = {
  process: string
  oursUs: number
  floorUs: number
  /** How many cores it kept busy while ours ran. */
  oursCores: number
  memoryMiB: number
}

/** Linux counts processor time in hundredths of a second, for whoever reads `/proc`. */
const tickMs = 10
const pageBytes = 4_096

/** What each has spent so far, in ms, by name. A process that is gone, or a system without `/proc`, has no entry. */
export function readCpuMs(pids: Readonly<Record<string, number>>): Map<string, number> {
  const spent = new Map<string, number>()
  for (const [name, pid] of Object.entries(pids)) {
    const ticks = ticksOf(pid)
    if (ticks !== undefined) spent.set(name, ticks * tickMs)
  }
  return spent
}

/** User and system time, of children too: those that ended are counted by their parent, so none counts twice. */
function ticksOf(pid: number): number | undefined {
  const own = readProc(pid, 'stat')
  if (own === undefined) return undefined
  const children = readProc(pid, `task/${pid}/children`)?.trim().split(' ').map(Number) ?? []
  const living = children
    .filter((child) => child > 0)
    .reduce((sum, child) => sum + ownTicks(readProc(child, 'stat')), 0)
  return ownTicks(own) + endedTicks(own) + living
}

const ownTicks = (stat: string | undefined): number => field(stat, 14) + field(stat, 15)
const endedTicks = (stat: string | undefined): number => field(stat, 16) + field(stat, 17)

/** Counted from 1 as in proc(5); the second one is a name in brackets that may hold blanks. */
function field(stat: string | undefined, number: number): number {
  if (stat === undefined) return 0
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[number - 3])
}

/** Resident, of the process alone. 0 when it is gone. */
export function readMemoryMiB(pid: number): number {
  const pages = Number(readProc(pid, 'statm')?.split(' ')[1] ?? 0)
  return (pages * pageBytes) / 1024 ** 2
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined
    throw error
  }
}
