import type { FirstSeatsFinding } from './first-seats.ts'
import type { FrameFinding } from './measure-frames.ts'
import type { WireFinding } from './measure-wire.ts'

export type MapReport = { wire: WireFinding[]; firstSeats: FirstSeatsFinding[]; frames: FrameFinding[] }

/** What the map promises. */
const goals = { p95Ms: 20, firstSeatsMs: 1_000, geometryWireBytesPer50k: 70_000 }

export function findFailures({ wire, firstSeats, frames }: MapReport): string[] {
  return [
    ...frames
      .filter(({ p95Ms }) => !(p95Ms <= goals.p95Ms))
      .map(({ plan, act, p95Ms }) => `${plan}, ${act}: p95 ${ms(p95Ms)} is over ${goals.p95Ms} ms`),
    ...firstSeats
      .filter(({ coldMs }) => !(coldMs < goals.firstSeatsMs))
      .map(({ plan, coldMs }) => `${plan}: first seats after ${ms(coldMs)}, not ${goals.firstSeatsMs} ms`),
    ...wire
      .filter((one) => one.geometryWireBytes > (goals.geometryWireBytesPer50k * one.seatCount) / 50_000)
      .map(({ plan, geometryWireBytes }) => `${plan}: ${geometryWireBytes} bytes on the wire`),
  ]
}

export function formatReport({ wire, firstSeats, frames }: MapReport): string {
  return [
    formatTable(
      ['plan', 'seats', 'geometry', 'on the wire', 'snapshot'],
      wire.map((one) =>
        [one.seatCount, one.geometryBytes, one.geometryWireBytes, one.snapshotBytes].reduce<string[]>(
          (cells, value) => [...cells, value.toLocaleString('en')],
          [one.plan],
        ),
      ),
    ),
    formatTable(
      ['first seats seen', 'nothing cached', 'again'],
      firstSeats.map(({ plan, coldMs, warmMs }) => [plan, ms(coldMs), ms(warmMs)]),
    ),
    formatTable(
      ['frames, 200 changes/s', '', 'count', 'p50', 'p95', 'max', 'cpu'],
      frames.map(({ plan, act, frames: count, p50Ms, p95Ms, maxMs, cpuMs }) => [
        plan,
        act,
        String(count),
        ms(p50Ms),
        ms(p95Ms),
        ms(maxMs),
        ms(cpuMs),
      ]),
    ),
  ].join('\n\n')
}

function ms(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`
}

function formatTable(head: string[], rows: string[][]): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  return [head, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n')
}
