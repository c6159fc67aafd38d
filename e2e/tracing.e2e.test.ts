import { expect, onTestFinished, test } from 'vitest'
import { club, startOnSale } from './support/on-sale.ts'
import { query } from './support/query.ts'
import { type CollectedSpan, startSpanCollector } from './support/span-collector.ts'
import { until } from './support/until.ts'
import { signUpFan, walkIn } from './support/virtual-fan.ts'

/** Long enough to be seen as held, and then the worker's job is due. */
const holdMs = 1_500

/** The names from a span up to the root of its trace, as far as they were sent. */
function pathOf(spans: readonly CollectedSpan[], span: CollectedSpan): string[] {
  const parent = spans.find(({ spanId, traceId }) => spanId === span.parentSpanId && traceId === span.traceId)
  return parent === undefined ? [span.name] : [...pathOf(spans, parent), span.name]
}

test('a hold is one trace from the fan’s request to the frame that tells of it and to the worker’s job that ends it, and tells nothing of the fan', async () => {
  const collector = await startSpanCollector()
  onTestFinished(collector.close)
  const app = await startOnSale({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '200',
    },
  })
  onTestFinished(app.close)
  await query(app.databaseUrl, 'update concerts set hold_ttl_ms = $1 where id = $2', [holdMs, club.concertId])
  const fan = await signUpFan(app.url)
  const pass = await walkIn(fan, club.concertId)
  const [showId] = club.shows
  const isWatched = Promise.withResolvers<undefined>()
  const watch = fan.live.watchShow(showId, pass, {
    onSnapshot: () => isWatched.resolve(undefined),
    onFrame: () => undefined,
  })
  onTestFinished(() => watch.stop())
  await isWatched.promise
  // the snapshot is there before the gateway follows the show
  const isFollowed = async () => collector.spans().some(({ name }) => name === 'show:watch') || undefined
  await until('the watch of the show', isFollowed)
  // twice: the worker's sweep, once a second, may publish one of them before its own process does
  for (const seat of [1, 2])
    await fan.api.reservations.hold.mutate({ showId, seatIds: [club.seat(seat)], pass })

  const hold = ['POST /trpc/reservations.hold', 'reservations.hold', 'batch']
  const caused = [
    [...hold, 'relay', 'frame', 'broadcast seats'],
    [...hold, 'addBulk holds', 'process holds'],
  ]
  const spans = await until('the frame and the job of a hold', async () => {
    const all = collector.spans()
    const paths = new Set(all.map((span) => pathOf(all, span).join()))
    return caused.every((path) => paths.has(path.join())) ? all : undefined
  })
  const named = (name: string): CollectedSpan => {
    const found = spans.find((span) => span.name === name)
    if (found === undefined) throw new Error(`no span ${name}`)
    return found
  }
  expect(pathOf(spans, named('place-free-holds'))).toEqual([...hold, 'place-free-holds'])
  expect(pathOf(spans, named('join.lua')).slice(0, 2)).toEqual([
    'POST /trpc/waitingRoom.join',
    'waitingRoom.join',
  ])
  // whoever adds a job and whoever works on it are one trace
  const admissions = spans.filter(({ name }) => name === 'admit.lua').map((span) => pathOf(spans, span))
  expect(admissions).toContainEqual(['add admission.admission-tick', 'process admission', 'admit.lua'])
  expect(new Set(spans.map(({ service }) => service))).toEqual(
    new Set(['greenroom-api', 'greenroom-gateway', 'greenroom-worker']),
  )
  for (const secret of [fan.email, fan.token, pass, 'a long password'])
    expect(collector.text()).not.toContain(secret)
})
