import type { SeatPlan } from '../seat-map/index.ts'
import { tellCategoryName } from '../text/categories.ts'

/** A class of a plan as fans read it. */
export function tellCategory({ geometry: { categories } }: SeatPlan, code: number): string {
  const names = categories.map(({ name }) => name)
  return tellCategoryName(names[code] ?? '', names)
}
