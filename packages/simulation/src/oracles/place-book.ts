type Place = { epoch: number; seq: number }

/** What fans were told of their places in line, and what follows from it. */
export type PlaceBook = {
  /** A call that may give the fan a place begins. The returned function says when it ended, and whether with an answer. */
  noteAsked: (fanId: number, atMs: number) => (isAnswered: boolean, endedAtMs: number) => void
  /** A fan was told that this is their place; `askedAtMs`: when that call began. */
  noteTold: (fanId: number, place: Place, askedAtMs: number, nowMs: number) => void
  /** A fan held seats with the pass of this place; `askedAtMs`: when that call began. */
  noteHeld: (fanId: number, place: Place, askedAtMs: number) => void
  /** A payment committed, and this is the place it spent. */
  noteSpent: (fanId: number, place: Place, atMs: number) => void
  noteLoss: (atMs: number) => void
  /** A tick was done: it told Redis of everything that was spent before it began. */
  noteTick: (beganAtMs: number, endedAtMs: number) => void
}

type Told = { place: Place; fanId: number; makeableFromMs: number; toldAtMs: number }

/** More than ever run at once. */
const keptTicks = 10

export function createPlaceBook(
  report: (oracle: string, fault: string) => void,
  { claimWindowMs }: { claimWindowMs: number },
): PlaceBook {
  const told: Told[] = []
  /** When the calls began that may make, or have made, a place that the fan was not told of yet. */
  const asking = new Map<number, number[]>()
  const spent = new Map<number, { place: Place; atMs: number }>()
  const known = new Map<string, Told>()
  let lastLossMs = Number.NEGATIVE_INFINITY
  let ticks: { beganAtMs: number; endedAtMs: number }[] = []

  const checkSpent = (fanId: number, place: Place, askedAtMs: number): void => {
    const last = spent.get(fanId)
    if (last === undefined || comparePlaces(place, last.place) > 0) return
    const untoldSinceMs = Math.max(last.atMs, lastLossMs)
    if (ticks.some(({ beganAtMs, endedAtMs }) => beganAtMs > untoldSinceMs && endedAtMs < askedAtMs))
      report('spent-place', `fan ${fanId} is in line at ${textOf(place)}, which a payment spent`)
  }
  const checkOrder = (one: Told): void => {
    for (const other of told) {
      const isSooner = comparePlaces(one.place, other.place) < 0
      if (other.toldAtMs < one.makeableFromMs && isSooner)
        report(
          'fifo',
          `fan ${one.fanId} got ${textOf(one.place)} after fan ${other.fanId} had ${textOf(other.place)}`,
        )
      if (comparePlaces(one.place, other.place) === 0)
        report('one-place-one-fan', `fans ${one.fanId} and ${other.fanId} both have ${textOf(one.place)}`)
    }
  }

  return {
    noteAsked: (fanId, atMs) => {
      const open = asking.get(fanId) ?? []
      asking.set(fanId, open)
      open.push(atMs)
      return (isAnswered, endedAtMs) => {
        // it answers with its last place; one before that lapsed or was lost under it, and may come back when Redis forgets
        const isOnlyPlace = endedAtMs - atMs <= claimWindowMs && lastLossMs < atMs
        if (isAnswered && isOnlyPlace) open.splice(open.indexOf(atMs), 1)
      }
    },
    noteTold: (fanId, place, askedAtMs, nowMs) => {
      checkSpent(fanId, place, askedAtMs)
      const key = `${fanId}:${textOf(place)}`
      if (known.has(key)) return
      const makeableFromMs = Math.min(askedAtMs, ...(asking.get(fanId) ?? []))
      const one = { place, fanId, makeableFromMs, toldAtMs: nowMs }
      checkOrder(one)
      known.set(key, one)
      told.push(one)
    },
    noteHeld: (fanId, place, askedAtMs) => {
      const last = spent.get(fanId)
      if (last === undefined || last.atMs >= askedAtMs || comparePlaces(place, last.place) > 0) return
      report('spent-place', `fan ${fanId} held seats with ${textOf(place)}, which a payment spent`)
    },
    noteSpent: (fanId, place, atMs) => {
      const last = spent.get(fanId)
      if (last === undefined || comparePlaces(last.place, place) < 0) spent.set(fanId, { place, atMs })
    },
    noteLoss: (atMs) => {
      lastLossMs = atMs
    },
    noteTick: (beganAtMs, endedAtMs) => {
      ticks = [...ticks.slice(-keptTicks), { beganAtMs, endedAtMs }]
    },
  }
}

function comparePlaces(one: Place, other: Place): number {
  return one.epoch - other.epoch || one.seq - other.seq
}

function textOf({ epoch, seq }: Place): string {
  return `${epoch}:${seq - 2 ** 39}`
}
