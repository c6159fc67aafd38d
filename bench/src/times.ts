import { median, quantile } from './statistics.ts'

/** Two things done in turns, each so many times; what each took, in ms. */
export async function timeInTurns(
  times: number,
  ours: () => Promise<unknown>,
  floor: () => Promise<unknown>,
): Promise<{ ours: number[]; floor: number[] }> {
  const found = { ours: [] as number[], floor: [] as number[] }
  for (let turn = 0; turn < times; turn++) {
    const isOursFirst = turn % 2 === 0
    if (isOursFirst) found.ours.push(await timed(ours))
    found.floor.push(await timed(floor))
    if (!isOursFirst) found.ours.push(await timed(ours))
  }
  return found
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now()
  await work()
  return performance.now() - beganMs
}

/** Those times as a row's fields: medians, and the median of the turns' own ratios. */
export function timesRow(found: { ours: readonly number[]; floor: readonly number[] }): {
  value: number
  floor: number
  ratio: number
  p50Ms: number
  p99Ms: number
  rounds: { value: number; floor: number | null }[]
} {
  const rounds = found.ours.map((value, turn) => ({ value, floor: found.floor[turn] ?? Number.NaN }))
  return {
    value: median(found.ours),
    floor: median(found.floor),
    ratio: median(rounds.map(({ value, floor }) => value / floor)),
    p50Ms: quantile(found.ours, 0.5),
    p99Ms: quantile(found.ours, 0.99),
    rounds,
  }
}
