import { existsSync, readFileSync } from 'node:fs'

/** What a process and the processes it started have used so far: seconds of a core, and bytes it has in memory itself. */
export type ProcessUsage = { cpuSeconds: number; residentBytes: number }

/** Ticks a second in which Linux counts a process's time, whatever the kernel's own clock does. */
const ticksPerSecond = 100
const pageBytes = 4_096

/**
 * Reads what Linux counts of a process, of its children that live (a Postgres serves each connection by one) and of those
 * that ended. Throws where there is no such process, or no `/proc`.
 */
export function readUsage(pid: number): ProcessUsage {
  const own = readStat(pid)
  const ofChildren = listChildren(pid).map((child) => cpuOfChild(child))
  return {
    cpuSeconds: own.cpuSeconds + ofChildren.reduce((sum, each) => sum + each, 0),
    residentBytes: own.residentBytes,
  }
}

/** One that ended between the listing and now is counted in its parent from then on. */
function cpuOfChild(pid: number): number {
  return existsSync(`/proc/${pid}/stat`) ? readStat(pid).cpuSeconds : 0
}

/** `/proc/<pid>/stat`, proc(5): the program's name, in brackets, may hold anything; the numbers come after it. */
function readStat(pid: number): ProcessUsage {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  // fields 14 to 17: its own time and that of the children it waited for; 24: pages in memory
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return { cpuSeconds: ticks / ticksPerSecond, residentBytes: Number(fields[21]) * pageBytes }
}

function listChildren(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return text === '' ? [] : text.split(' ').map(Number)
}
