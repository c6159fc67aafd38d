/**
 * Whether a line is first come, first served, for any number of fans in little memory: places as they are told, and the
 * order in which fans are let in. Faults are counted, not kept.
 */
export type PlaceBook = {
  /** Before a fan asks: what the place they get must be behind. */
  ask: () => number
  /** A fan was told their place, having asked when `ask` gave `behind`. Places that were asked for at once may come either way. */
  tell: (fan: number, place: number, behind: number) => void
  /** A tick let these fans in, in this order. */
  letIn: (fans: readonly number[]) => void
  verdict: () => OrderVerdict
}

export type OrderVerdict = {
  placesTold: number
  /** Fans whose place is ahead of one that was told before they asked. */
  joinInversions: number
  /** Two fans with one place. */
  doubledPlaces: number
  letIn: number
  /** Fans let in after one who stood behind them. */
  admissionInversions: number
  /** Fans who stood ahead of the last one let in, and are not inside. */
  passedOver: number
}

export function createPlaceBook(fanCount: number): PlaceBook {
  /** 0: not told yet. Places are above 2^39. */
  const places = new Float64Array(fanCount)
  const isIn = new Uint8Array(fanCount)
  let highestTold = 0
  let joinInversions = 0
  let lastIn = 0
  let letInCount = 0
  let admissionInversions = 0
  return {
    ask: () => highestTold,
    tell: (fan, place, behind) => {
      places[fan] = place
      if (place <= behind) joinInversions += 1
      highestTold = Math.max(highestTold, place)
    },
    letIn: (fans) => {
      for (const fan of fans) {
        const place = places[fan] ?? 0
        if (place < lastIn) admissionInversions += 1
        lastIn = Math.max(lastIn, place)
        isIn[fan] = 1
        letInCount += 1
      }
    },
    verdict: () => {
      const told = places.filter((place) => place > 0)
      const sorted = told.toSorted()
      return {
        placesTold: told.length,
        joinInversions,
        doubledPlaces: sorted.filter((place, index) => index > 0 && place === sorted[index - 1]).length,
        letIn: letInCount,
        admissionInversions,
        passedOver: places.filter((place, fan) => place > 0 && place < lastIn && isIn[fan] === 0).length,
      }
    },
  }
}
