import { greenroomError } from '@greenroom/client'
import { looksAt, type SaleHarm } from '../look-at-sale.ts'
import { type KnownThings, meetKnownThings } from '../known-things.ts'
import { type OnSale, theatre } from '../../support/on-sale.ts'
import { signIn, type VirtualFan } from '../../support/virtual-fan.ts'
import type { Verdict } from './check-reply.ts'
import type { Call } from './draw-call.ts'
import { type EventCase, eventNames } from './draw-event.ts'
import { type EventSocket, openEventSocket } from './event-socket.ts'
import { listProcedures } from './list-procedures.ts'
import { type CaseCounts, type ProcedureReport, runProcedures } from './run-procedures.ts'
import { openCallSender } from './send-call.ts'

export type ProcedureSaleReport = ProcedureReport & SaleHarm

/** A socket may send 40 events at once and 10 a second from then on: what comes later is refused before it is looked at. */
const eventsPerSocket = 38
const refreshEvery = 1_000
/** What an operator does to a concert is done to one that nobody here stands in line for. */
const meddledConcert = 3

/**
 * Fuzzes every procedure and every event of a whole product, signed out, as fans and as an operator, then looks whether it
 * still stands: same processes, healthy, nothing logged as failed, books right, no more memory than at its warmest.
 */
export async function fuzzProcedures(
  sale: OnSale,
  options: {
    counts: CaseCounts
    seed: number
    concurrency?: number
    timeLimitMs: number
    only?: string | undefined
    onProgress?: (done: number) => void
  },
): Promise<ProcedureSaleReport> {
  const isMeant = (target: string): boolean => target.startsWith(options.only ?? '')
  const procedures = listProcedures().filter(({ path }) => isMeant(path))
  const events = eventNames.filter(isMeant)
  if (procedures.length + events.length === 0)
    throw new Error(`no procedure or event begins with ${options.only}`)
  const operator = await signIn(sale.url, 'operator@greenroom.example')
  const { shows } = await operator.api.catalogue.concert.query({ concertId: meddledConcert })
  const things = await meetKnownThings(sale.url, theatre.concertId)
  const send = openCallSender(sale.url, things.fill)
  const sockets = eventSender(sale.gatewayUrl, things)
  const sendCall = async (call: Call): Promise<Verdict> =>
    await send(call.procedure.role === 'operator' ? elsewhere(call, shows[0]?.showId ?? 1) : call)
  const look = looksAt(sale)
  try {
    const report = await runProcedures({
      ...options,
      procedures,
      events,
      concurrency: options.concurrency ?? 8,
      sendCall,
      sendEvent: sockets.send,
      refresh: {
        every: refreshEvery,
        run: async () => {
          look.noteMemory()
          await openAgain(operator)
          await things.refresh()
        },
      },
    })
    return { ...report, ...(await look.findHarm()) }
  } finally {
    send.close()
    sockets.close()
  }
}

/** Where operators' calls go, also those that hit upon the fans' sale by a number: cancelled or closed it would end the run. */
function elsewhere(call: Call, showId: number): Call {
  const away = (field: string, ours: readonly number[], other: number) => (text: string, id: string) =>
    ours.includes(Number(id)) ? `"${field}":${other}` : text
  const input = call.input
    ?.replace(/"~~concert\.\d+~~"/g, String(meddledConcert))
    .replace(/"~~show\.\d+~~"/g, String(showId))
    .replace(/"concertId":(\d+)/g, away('concertId', [theatre.concertId], meddledConcert))
    .replace(/"showId":(\d+)/g, away('showId', theatre.shows, showId))
  return { ...call, input }
}

/** Whatever operators were made to do to the fans' line meanwhile. */
async function openAgain({ api }: VirtualFan): Promise<void> {
  const { concertId } = theatre
  const acts = [
    () => api.operator.steerLine.mutate({ concertId, action: 'open' }),
    () => api.operator.tuneLine.mutate({ concertId, capacity: 600, ratePerMinute: null }),
    () => api.operator.guardLine.mutate({ concertId, challenge: 'off', mostPerAddress: null }),
    () => resumeAll(api),
  ]
  for (const act of acts) {
    await act().catch((error: unknown) => {
      if (greenroomError(error) === undefined) throw error
    })
  }
}

/** Until nothing stops a show here any more: 50 faults at a time. */
async function resumeAll(api: VirtualFan['api']): Promise<void> {
  const { stops } = await api.operator.invariants.query()
  const here = stops.filter((stop) => theatre.shows.some((showId) => showId === stop.showId))
  if (here.length === 0) return
  for (const [showId, faults] of Map.groupBy(here, (stop) => stop.showId))
    await api.operator.resumeSale.mutate({ showId, stopIds: faults.map(({ stopId }) => stopId) })
  await resumeAll(api)
}

/** Events over sockets of their own fans, each used for a few. */
function eventSender(gatewayUrl: string, { fill }: KnownThings) {
  const idle = new Map<number, { socket: EventSocket; events: number }[]>()
  const all = new Set<EventSocket>()
  const take = async (fan: number): Promise<{ socket: EventSocket; events: number }> => {
    const known = idle.get(fan)?.pop()
    if (known !== undefined) return known
    const socket = await openEventSocket(gatewayUrl, fill(`~~session.${fan}~~`))
    all.add(socket)
    return { socket, events: 0 }
  }
  return {
    send: async ({ name, fan, input }: EventCase): Promise<Verdict> => {
      const { socket, events } = await take(fan)
      const verdict = await socket.ask(name, fill(input))
      if (verdict === 'closed' || events + 1 >= eventsPerSocket) {
        socket.close()
        all.delete(socket)
      } else idle.set(fan, [...(idle.get(fan) ?? []), { socket, events: events + 1 }])
      return verdict === 'closed' ? { outcome: 'refused', fault: undefined } : verdict
    },
    close: () => {
      for (const socket of all) socket.close()
    },
  }
}
