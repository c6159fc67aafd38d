import { expect, onTestFinished, test } from 'vitest'
import { club, startOnSale } from './support/on-sale.ts'
import { type CollectedSpan, startSpanCollector } from './support/span-collector.ts'
import { until } from './support/until.ts'
import { signUpFan, walkIn } from './support/virtual-fan.ts'

/** The names from a span up to the root of its trace, as far as they were sent. */
function pathOf(spans: readonly CollectedSpan[], span: CollectedSpan): string[] {
  const parent = spans.find(({ spanId, traceId }) => spanId === span.parentSpanId && traceId === span.traceId)
  return parent === undefined ? [span.name] : [...pathOf(spans, parent), span.name]
}

test('a hold is one trace from the fan’s request to the worker’s job, and tells nothing of the fan', async () => {
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
  const wish = { showId, seatIds: [club.seat(1)], pass }
  await fan.api.reservations.hold.mutate(wish)

  const spans = await until('the spans of a hold', async () => {
    const all = collector.spans()
    const names = new Set(all.map(({ name }) => name))
    return ['place-free-holds', 'show:watch', 'broadcast seats'].every((name) => names.has(name))
      ? all
      : undefined
  })
  const named = (name: string): CollectedSpan => {
    const found = spans.find((span) => span.name === name)
    if (found === undefined) throw new Error(`no span ${name}`)
    return found
  }
  expect(pathOf(spans, named('place-free-holds'))).toEqual([
    'POST /trpc/reservations.hold',
    'reservations.hold',
    'batch',
    'place-free-holds',
  ])
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
