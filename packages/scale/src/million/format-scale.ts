import { quantile } from '@greenroom/bench'
import type { Machine } from '@greenroom/lab'
import type { StageUsage } from '../machine/measure-stage.ts'
import { addRequests, type Forecast, forecast, type Work } from './extrapolate.ts'
import { findFaults } from './find-faults.ts'
import type { MillionFindings } from './run-million.ts'

export type RunFacts = { commit: string; machine: Machine; finishedAt: Date }

const machineCounts = [1, 2, 3, 4, 6, 10, 20]

/** Of one gateway: sockets' memory, and messages it can send a second with one core (design, section 11). */
// both as measured for decision 22: 10 to 14 KiB, 10.8 us a message
const socketBytes = 14 * 1_024
const deliveriesPerCore = 92_000
/** Nobody asks for a place more seldom than this (`entry.ts`). */
const lookEverySeconds = 300

/** The report for people: `docs/scale.md`. */
export function formatScale(found: MillionFindings, facts: RunFacts): string {
  const { fans, seats, sale, order } = found
  const faults = findFaults(found)
  const tickMs = sale.tickMs
  return [
    `# ${count(fans)} fans, ${count(seats)} seats`,
    '',
    'Made by `pnpm million --out docs`; nothing in it is typed by hand. Every fan has an account and a wallet, joins one line, and is let in when it is',
    "their turn; who is inside claims the offer, holds 1 to 4 seats, pays or gives them back. It runs the core's own functions in one process, on a real",
    'Redis (AOF on) and a real Postgres (fsync on). HTTP, sockets and passwords are left out.',
    '',
    faults.length === 0
      ? `**Every fan kept their place, nobody was overtaken, ${count(sale.seatsPaid)} seats were paid once each, and no rule of the database is broken.**`
      : `**Not as it must be:** ${faults.join('; ')}.`,
    '',
    ...table(
      ['stage', 'operations', 'seconds', 'a second', 'of a core each: process', 'Redis', 'Postgres'],
      [
        stageRow('join', fans, found.join),
        stageRow('look at the own place again', found.looks, found.look),
        stageRow('let in, enter, hold, charge, pay: seats', sale.seatsPaid, found.sell),
        stageRow('the same: fans let in', sale.admitted, found.sell),
      ],
    ),
    '## Order',
    '',
    ...table(
      ['', ''],
      [
        ['places told', count(order.placesTold)],
        ['ahead of somebody who came before', count(order.joinInversions)],
        ['places given twice', count(order.doubledPlaces)],
        ['let in', count(order.letIn)],
        ['let in after somebody behind them', count(order.admissionInversions)],
        ['passed over', count(order.passedOver)],
      ],
    ),
    '## The sale',
    '',
    ...table(
      ['', ''],
      [
        [
          'fans let in, of them bought, gave back, too late',
          [sale.admitted, sale.buyers, sale.gaveBack, sale.tooLate].map(count).join(', '),
        ],
        ['admissions a second', count(sale.admitted / sale.seconds)],
        ['seats paid a second', count(sale.seatsPaid / sale.seconds)],
        ['most inside, of a room for', `${count(sale.mostInside)}, ${count(found.capacity)}`],
        ['holds lost to somebody faster and tried again', count(sale.lostRaces)],
        [
          'ticks, their median and p99',
          `${count(sale.ticks)}, ${quantile(tickMs, 0.5).toFixed(1)} ms, ${quantile(tickMs, 0.99).toFixed(1)} ms`,
        ],
      ],
    ),
    '## Memory',
    '',
    ...table(
      ['', ''],
      [
        ['Redis, for each fan in line', `${found.redisBytesPerFan.toFixed(0)} B`],
        ['Redis at its most', megabytes(found.redisPeakBytes)],
        ['the process at its most, all fans included', megabytes(found.nodePeakBytes)],
        ['the database, all accounts included', megabytes(found.databaseBytes)],
      ],
    ),
    ...formatForecast(found, facts.machine.cores),
    '## The run',
    '',
    ...table(
      ['', ''],
      [
        ['commit', facts.commit],
        [
          'machine',
          `${facts.machine.cpu}, ${facts.machine.cores} cores, ${facts.machine.memoryGb} GB, ${facts.machine.system}, Node ${facts.machine.node}`,
        ],
        ['finished', facts.finishedAt.toISOString()],
      ],
    ),
  ].join('\n')
}

function formatForecast(found: MillionFindings, cores: number): string[] {
  const { fans, sale, looks } = found
  const join = addRequests(found.join.cpu, fans)
  const sell = addRequests(found.sell.cpu, sale.calls)
  const look = addRequests(found.look.cpu, looks)
  const looksPerSecond = fans / lookEverySeconds
  const lookCores = (part: keyof Work): string => ((look[part] / looks) * looksPerSecond).toFixed(2)
  return [
    '## On N machines',
    '',
    `Reckoned from the core-seconds above, on machines like this one (${cores} cores), each call made over HTTP for 30 us more`,
    '([decision 20](decisions/0020-single-calls-have-a-lean-route-each.md)). The least time that this much work can take: queues, uneven load and the distance between machines',
    'come on top. A line is one thread of Redis and the seats of a sale are in one Postgres: more machines help the api alone.',
    '',
    ...table(
      [
        'machines',
        'cores of the api',
        'all join, s',
        'held back by',
        'all seats sold, s',
        'held back by',
        'admissions/s',
      ],
      machineCounts.map((machines) =>
        forecastRow(forecast(join, machines, cores), forecast(sell, machines, cores), sale.admitted),
      ),
    ),
    `While ${count(fans)} wait: one message a second to each is ${(fans / deliveriesPerCore).toFixed(1)} cores of gateways and ${megabytes(fans * socketBytes)} of sockets (92,000 deliveries a core, 14 KiB a`,
    `socket, measured apart from this run). Their looks at the own place, one each in five minutes, are ${count(looksPerSecond)} a second: ${lookCores('api')} cores of the api, ${lookCores('redis')} of Redis.`,
    '',
  ]
}

function forecastRow(join: Forecast, sell: Forecast, admitted: number): string[] {
  const api = join.machines === 1 ? 'shared' : String(join.cores.api)
  return [
    String(join.machines),
    api,
    join.seconds.toFixed(1),
    join.heldBackBy,
    sell.seconds.toFixed(1),
    sell.heldBackBy,
    count(admitted / sell.seconds),
  ]
}

function stageRow(name: string, operations: number, { seconds, cpu }: StageUsage): string[] {
  const each = (cpuSeconds: number): string => `${count((cpuSeconds * 1e6) / operations)} us`
  return [
    name,
    count(operations),
    seconds.toFixed(1),
    count(operations / seconds),
    each(cpu.node),
    each(cpu.redis),
    each(cpu.postgres),
  ]
}

function table(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'))
  return [line(head), `|${rule.join('|')}|`, ...rows.map(line), '']
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function megabytes(bytes: number): string {
  return `${count(bytes / 1e6)} MB`
}
