import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { AccountId, ConcertId } from '@greenroom/contract'
import { type Deps, openSeatMirror } from '@greenroom/core'
import { addShow, makeFan, makeRichFan, makeShow, type TestShow } from '@greenroom/core/testing'
import { buildServer } from '../../../build-server.ts'
import type { ApiSettings } from '../../../env.ts'
import { apiSettings } from '../../../testing/api-settings.ts'
import type { Route } from '../../route.ts'
import { requireDescribed } from '../../v1/testing/require-described.ts'
import { contractRoutes } from '../index.ts'
import { dayOf } from '../words.ts'
import type { SeatName } from './dialect.ts'

export type Call = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  headers?: Record<string, string>
  /** Sent as JSON, whatever the method. */
  body?: unknown
}
export type Answer = { status: number; body: unknown }

/** A club of 50 seats on three dates that is the default concert of a server of its own, reached over real HTTP. */
export type Club = {
  deps: Deps
  origin: string
  concertId: ConcertId
  shows: [TestShow, TestShow, TestShow]
  /** `2024-01-01`, one for each show. */
  days: [string, string, string]
  priceMinor: number
  /** An answer that the table of routes does not tell of throws. */
  send: (call: Call) => Promise<Answer>
  newFan: (balanceMinor?: number) => Promise<AccountId>
  close: () => Promise<void>
}

export async function openClub(
  deps: Deps,
  options: { capacity?: number; contracts?: ApiSettings['contracts'] } = {},
): Promise<Club> {
  const { capacity = 200, contracts = 'open' } = options
  const priceMinor = 50_000
  const first = await makeShow(deps, { priceMinor, capacity })
  const { concertId } = first
  const shows: Club['shows'] = [first, await addShow(deps, concertId), await addShow(deps, concertId)]
  const seatMirror = openSeatMirror(deps)
  const settings = apiSettings(deps, { contracts, restDefaultConcertId: concertId })
  const { server } = await buildServer({ deps, seatMirror, settings })
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = addressOf(server.server.address())
  return {
    deps,
    origin: `http://127.0.0.1:${port}`,
    concertId,
    shows,
    days: await readDays(deps, shows),
    priceMinor,
    send: async (call) => {
      const { headers, ...answer } = await send(port, call)
      const route = contracts === 'off' ? undefined : routeOf(call)
      if (route !== undefined) requireDescribed(route, { ...answer, headers })
      return answer
    },
    newFan: (balanceMinor = 0) => (balanceMinor === 0 ? makeFan(deps) : makeRichFan(deps, balanceMinor)),
    close: async () => {
      await server.close()
      await seatMirror.close()
    },
  }
}

/** A seat of the club: `show` from 0, `seatNo` from 1. */
export function seatOf({ shows, days }: Club, show: 0 | 1 | 2, seatNo: number): SeatName {
  const { showId, seatIds } = shows[show]
  const seatId = seatIds[seatNo - 1]
  if (seatId === undefined) throw new Error(`the club has no seat ${seatNo}`)
  return { showId, day: days[show], seatId, seatNo }
}

/** `fetch` sends no body with a GET; the old clients do. */
async function send(
  port: number,
  { method, path, headers = {}, body }: Call,
): Promise<Answer & { headers: Headers }> {
  const payload = body === undefined ? undefined : JSON.stringify(body)
  const length = payload === undefined ? {} : { 'content-length': Buffer.byteLength(payload) }
  return await new Promise((resolve, reject) => {
    const sending = request(
      { host: '127.0.0.1', port, method, path, headers: { ...length, ...headers } },
      (reply) => {
        text(reply).then((answer) => {
          resolve({
            status: reply.statusCode ?? 0,
            headers: new Headers(Object.entries(reply.headers).map(([name, value]) => [name, String(value)])),
            body: answer === '' ? undefined : JSON.parse(answer),
          })
        }, reject)
      },
    )
    sending.on('error', reject)
    sending.end(payload)
  })
}

function routeOf({ method, path }: Call): Route | undefined {
  const [asked = ''] = path.split('?')
  return contractRoutes.find(
    (route) =>
      route.method === method && new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(asked),
  )
}

async function readDays(deps: Deps, shows: Club['shows']): Promise<Club['days']> {
  const { rows } = await deps.db.pool.query<{ atMs: number }>(
    'select floor(extract(epoch from starts_at) * 1000)::float8 as "atMs" from shows where id = any($1) order by starts_at',
    [shows.map(({ showId }) => showId)],
  )
  const [one, two, three] = rows.map(({ atMs }) => dayOf(atMs, 'Asia/Seoul'))
  if (one === undefined || two === undefined || three === undefined) throw new Error('three shows')
  return [one, two, three]
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return address
}
