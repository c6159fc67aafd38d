import { setTimeout as sleep } from 'node:timers/promises'
import type { Entry, LineStatus } from '@greenroom/contract'
import { type Answer, describeReading, nowMs, placeOf, recordCall, recordShown } from '@greenroom/crowd'
import type { Sale } from '../world/open-sale.ts'
import type { LabFan } from './lab-fan.ts'
import type { Stage } from './stage.ts'

/** The end of waiting: an offer, or already inside. */
type Turn = Extract<Entry, { state: 'offered' | 'active' }>

/** A turn that has not come by then is left to somebody else. */
const patienceMs = 15_000
const askEveryMs = { min: 300, max: 900 }

/** Asks again and again, as a fan without a socket does. `undefined`: it did not come, or the gate closed. */
export async function waitByAsking(
  stage: Stage,
  fan: LabFan,
  { concertId }: Sale,
  first: Entry,
): Promise<Turn | undefined> {
  let entry = first
  for (const endMs = performance.now() + patienceMs; performance.now() < endMs && isOn(stage); ) {
    if (entry.state === 'none') return undefined
    if (entry.state !== 'waiting') return entry
    await sleep(fan.random.between(askEveryMs.min, askEveryMs.max))
    const read = await readOwnPlace(stage, fan, concertId)
    if (read.outcome === 'refused') return undefined
    if (read.outcome === 'ok') entry = read.value.entry
  }
  return undefined
}

/** Asks what the server knows of the fan's own place, which it may take back by what the fan shows. */
export async function readOwnPlace(
  stage: Stage,
  fan: LabFan,
  concertId: Sale['concertId'],
): Promise<Answer<LineStatus>> {
  return await recordCall(
    stage.history,
    { op: 'place', actor: fan.actor, fanId: fan.fanId, concertId },
    () => fan.greenroom.line.readStatus(concertId),
    ({ entry }) => ({ op: 'place', ...describeReading(entry) }),
  )
}

/**
 * Waits for the push, as a page does, and writes down the place that a page shows. Not of a fan with two devices: what is
 * done at one of them is told to the other later, which goes on showing a place that is no more.
 */
export async function waitBySocket(
  stage: Stage,
  fan: LabFan,
  { concertId }: Sale,
  first: Entry,
): Promise<Turn | undefined> {
  if (first.state === 'none') return undefined
  if (first.state !== 'waiting') return first
  let entry: Entry = first
  const { promise, resolve } = Promise.withResolvers<Turn | undefined>()
  // a page that is opened anew may show another number than the last one did: only the first one's are compared
  const { epoch, seq } = placeOf(first)
  const name = `${concertId} ${epoch}/${seq}`
  const isCompared = fan.shared.devices === 1 && !fan.watchedPlaces.has(name)
  fan.watchedPlaces.add(name)
  const watch = fan.greenroom.live.watchLine(concertId, {
    onProgress: () => undefined,
    onEntry: (next) => {
      entry = next
      if (next.state === 'offered' || next.state === 'active') resolve(next)
    },
    onPlace: (ahead) => {
      if (ahead === null || entry.state !== 'waiting' || !isCompared) return
      const atMs = nowMs()
      const call = { actor: fan.actor, fanId: fan.fanId, concertId, startMs: atMs, endMs: atMs }
      recordShown(stage.history, { op: 'place', ...call, outcome: 'ok', place: placeOf(entry), ahead })
    },
    onRefused: () => resolve(undefined),
  })
  const endMs = performance.now() + patienceMs
  const gate = setInterval(() => {
    if (!isOn(stage) || performance.now() > endMs) resolve(undefined)
  }, 100)
  try {
    return await promise
  } finally {
    clearInterval(gate)
    watch.stop()
  }
}

function isOn(stage: Stage): boolean {
  return stage.gate.isOpen() && !stage.isOver
}
