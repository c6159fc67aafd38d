import { stages } from './crowd.ts'
import { readBooks } from './read-books.ts'
import type { OnProgress } from './run-crowd.ts'

/** Lines of a log every so many calls when nobody watches: about every five seconds. */
const plainEvery = 10

/** A display that redraws itself on a terminal, and plain lines elsewhere. */
export function createDisplay(out: NodeJS.WriteStream): OnProgress {
  const beganMs = performance.now()
  let calls = 0
  return (crowd, phase, line) => {
    calls += 1
    const seconds = ((performance.now() - beganMs) / 1_000).toFixed(0)
    const where = stages.map((stage) => `${stage} ${crowd.stages.get(stage) ?? 0}`).join('  ')
    const sale =
      line === undefined
        ? ''
        : `  | line: ${line.phase}, ${line.admittedTotal} let in, ${line.active}/${line.capacity} inside`
    const sold = readBooks(crowd.history.events).soldSeatIds.size
    const text = `${seconds.padStart(4)} s  ${phase.padEnd(8)} ${where}  | sold ${sold}, races lost ${crowd.lostRaces}${sale}`
    if (out.isTTY) out.write(`\r\u001b[2K${text.slice(0, out.columns - 1)}`)
    else if (calls % plainEvery === 1) out.write(`${text}\n`)
    if (phase === 'done' && out.isTTY) out.write('\n')
  }
}
