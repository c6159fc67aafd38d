import type { SeatPlan } from '../seat-map/index.ts'

/** Where the best seats are looked for: in one class, in one section, or anywhere. */
export type Where =
  | { categoryCode: number; section?: never }
  | { section: string; categoryCode?: never }
  | { categoryCode?: never; section?: never }

/** As the value of an option. */
export function whereKey({ categoryCode, section }: Where): string {
  if (categoryCode !== undefined) return `category ${categoryCode}`
  return section === undefined ? '' : `section ${section}`
}

export function whereFrom(key: string): Where {
  const space = key.indexOf(' ')
  const [kind, value] = [key.slice(0, space), key.slice(space + 1)]
  if (kind === 'category') return { categoryCode: Number(value) }
  return kind === 'section' ? { section: value } : {}
}

export function isStandingWish(plan: SeatPlan, { categoryCode, section }: Where): boolean {
  if (categoryCode !== undefined) return plan.kinds[categoryCode] === 'standing'
  const found = plan.geometry.sections.findIndex(({ name }) => name === section)
  return found >= 0 && plan.isStanding(found)
}
