import { type Deps, type LineFigures, readLineFigures } from '@greenroom/core'
import { Gauge, type Registry } from 'prom-client'

type Figure = { name: string; help: string; of: (line: LineFigures) => number | null }

const figures: readonly Figure[] = [
  {
    name: 'greenroom_line_waiting',
    help: 'Fans who wait in a line.',
    of: ({ progress }) => progress.waiting,
  },
  {
    name: 'greenroom_line_active',
    help: 'Fans who were let in, offers included.',
    of: ({ progress }) => progress.active,
  },
  {
    name: 'greenroom_line_capacity',
    help: 'Fans who may be inside at a time.',
    of: ({ progress }) => progress.capacity,
  },
  {
    name: 'greenroom_line_admitted',
    help: 'Fans who were let in since Redis knows the line. Falls to 0 when Redis loses it.',
    of: ({ progress }) => progress.admittedTotal,
  },
  {
    name: 'greenroom_line_admitting',
    help: 'Whether somebody who waits ought to be let in: 1 while the line is open or draining, at a rate, with more seats to be had than fans inside.',
    of: ({ isAdmitting }) => Number(isAdmitting),
  },
  {
    name: 'greenroom_line_outflow_per_minute',
    help: 'Fans let in per minute, measured over the last five minutes; absent when there were none.',
    of: ({ progress }) => progress.outflowPerMinute,
  },
  {
    name: 'greenroom_line_pace_per_minute',
    help: 'How many load-aware admission lets in a minute; absent where it is off.',
    of: ({ pace }) => pace.current?.perMinute ?? null,
  },
  {
    name: 'greenroom_line_pace_ceiling_per_minute',
    help: 'The most that load-aware admission may let in a minute; absent where it is off.',
    of: ({ pace }) => (pace.isOn ? pace.ceilingPerMinute : null),
  },
  {
    name: 'greenroom_line_pace_floor_per_minute',
    help: 'The fewest that load-aware admission lets in a minute; absent where it is off.',
    of: ({ pace }) => (pace.isOn ? pace.floorPerMinute : null),
  },
]

/** Each line's numbers, by concert: of the 50 newest of those on sale. Answers with what reads them anew. */
export function registerLineGauges(registry: Registry, deps: Deps): () => Promise<void> {
  const gauges = figures.map(({ name, help, of }) => ({
    gauge: new Gauge({ name, help, labelNames: ['concert'], registers: [registry] }),
    of,
  }))
  return async () => {
    for (const { gauge } of gauges) gauge.reset()
    for (const line of await readLineFigures(deps)) {
      for (const { gauge, of } of gauges) {
        const value = of(line)
        if (value !== null) gauge.set({ concert: line.concertId }, value)
      }
    }
  }
}
