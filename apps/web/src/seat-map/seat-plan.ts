import type { SeatGeometry, SeatKind, SeatRuns } from '@greenroom/contract'
import { findSeatRuns, seatKindOf } from '@greenroom/contract/plain'
import { createViewFrom, type SeatView } from './view-from.ts'

/** What follows from a plan alone, worked out once for each. */
export type SeatPlan = {
  readonly geometry: SeatGeometry
  readonly runs: SeatRuns
  /** By category code. */
  readonly kinds: readonly (SeatKind | undefined)[]
  readonly kindOf: (ordinal: number) => SeatKind | undefined
  /** Whether the section is a crowd to stand in: sold by the count, its places are not drawn. */
  readonly isStanding: (section: number) => boolean
  /** The categories that seats of the section have, whoever has those. */
  readonly categoriesIn: (section: number) => ReadonlySet<number>
  readonly viewFrom: (ordinal: number) => SeatView
}

const plans = new WeakMap<SeatGeometry, SeatPlan>()

export function seatPlanOf(geometry: SeatGeometry): SeatPlan {
  const known = plans.get(geometry)
  if (known !== undefined) return known
  const kinds = geometry.categories.map(({ name }) => seatKindOf(name))
  const kindOf = (ordinal: number): SeatKind | undefined => kinds[geometry.categoryCode[ordinal] ?? -1]
  const standing = geometry.sections.map(
    ({ firstOrdinal, seatCount }) => seatCount > 0 && kindOf(firstOrdinal) === 'standing',
  )
  let categories: ReadonlySet<number>[] | undefined
  const plan: SeatPlan = {
    geometry,
    runs: findSeatRuns(geometry),
    kinds,
    kindOf,
    isStanding: (section) => standing[section] ?? false,
    // asked for when prices are chosen, not when a page begins
    categoriesIn: (section) => (categories ??= findCategories(geometry))[section] ?? new Set(),
    viewFrom: createViewFrom(geometry),
  }
  plans.set(geometry, plan)
  return plan
}

function findCategories({ sections, categoryCode }: SeatGeometry): ReadonlySet<number>[] {
  return sections.map(
    ({ firstOrdinal, seatCount }) => new Set(categoryCode.subarray(firstOrdinal, firstOrdinal + seatCount)),
  )
}
