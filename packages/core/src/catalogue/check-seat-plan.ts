import { DomainError, type Fault, listFaults, maxSeatsPerPlan } from '@greenroom/contract'
import { roundAreaSizes } from './round-area-sizes.ts'
import { type PlanSeat, type SeatPlanDocument, seatPlanDocument } from './seat-plan-document.ts'

/** 200,000 seats with ids and labels are about 40 MB; whoever sends more sends something else. */
export const maxSeatPlanBytes = 64 * 1024 * 1024

export type SeatPlanOptions = {
  /**
   * The schema wants whole numbers as sizes of decorations, and some editors write fractions. True rounds those (areas
   * hold nothing to sell, so no seat moves); false refuses them like every other departure.
   */
  roundAreaSizes?: boolean
}

/** As many as a person corrects in one go; a file with the wrong shape everywhere would name every seat. */
const maxFaults = 100

/**
 * The document, when it is a seat plan that can be sold: of the schema's shape, with at least one seat, every seat in a
 * category that exists, and no global id or category used twice. Refuses with SEAT_PLAN_INVALID and the path of each fault.
 */
export function checkSeatPlan(document: unknown, options: SeatPlanOptions = {}): SeatPlanDocument {
  const parsed = seatPlanDocument.safeParse(options.roundAreaSizes ? roundAreaSizes(document) : document)
  if (!parsed.success) throw refuse(listFaults(parsed.error))
  const faults = [...findCategoryFaults(parsed.data), ...findSeatFaults(parsed.data)]
  if (faults.length > 0) throw refuse(faults)
  return parsed.data
}

/** The same for a file's text. Refuses one that is too large or is not JSON, without reading further. */
export function parseSeatPlan(text: string, options: SeatPlanOptions = {}): SeatPlanDocument {
  if (Buffer.byteLength(text) > maxSeatPlanBytes) {
    throw refuse([{ path: '', message: `larger than ${maxSeatPlanBytes / 1024 / 1024} MiB` }])
  }
  return checkSeatPlan(parseJson(text), options)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse([{ path: '', message: `not JSON: ${error.message}` }])
    throw error
  }
}

function findCategoryFaults({ categories }: SeatPlanDocument): Fault[] {
  const faults = categories.flatMap(({ name }, index) => {
    const first = categories.findIndex((category) => category.name === name)
    const message = `"${name}" is also categories[${first}].name`
    return first === index ? [] : [{ path: `categories[${index}].name`, message }]
  })
  // a category code is one byte of the geometry file
  if (categories.length > 255) faults.push({ path: 'categories', message: 'more than 255 categories' })
  return faults
}

function findSeatFaults(plan: SeatPlanDocument): Fault[] {
  const faults: Fault[] = []
  const categories = new Set(plan.categories.map((category) => category.name))
  const paths = new Map<string, string>()
  let seatCount = 0
  for (const [zoneIndex, zone] of plan.zones.entries()) {
    for (const [rowIndex, row] of zone.rows.entries()) {
      for (const [seatIndex, seat] of row.seats.entries()) {
        const path = `zones[${zoneIndex}].rows[${rowIndex}].seats[${seatIndex}]`
        faults.push(...findSeatFault(seat, path, categories))
        const twin = paths.get(seat.seat_guid)
        if (twin === undefined) paths.set(seat.seat_guid, `${path}.seat_guid`)
        else faults.push({ path: `${path}.seat_guid`, message: `"${seat.seat_guid}" is also ${twin}` })
        seatCount++
      }
    }
  }
  if (seatCount === 0) faults.push({ path: 'zones', message: 'the plan has no seats' })
  if (seatCount > maxSeatsPerPlan) {
    faults.push({ path: 'zones', message: `${seatCount} seats are more than ${maxSeatsPerPlan}` })
  }
  return faults
}

function findSeatFault(seat: PlanSeat, path: string, categories: Set<string>): Fault[] {
  const radius = seat.radius ?? 10
  return [
    ...(seat.seat_guid === '' ? [{ path: `${path}.seat_guid`, message: 'is empty' }] : []),
    ...(categories.has(seat.category)
      ? []
      : [{ path: `${path}.category`, message: `there is no category "${seat.category}"` }]),
    ...(radius < 1 || radius > 65_535 ? [{ path: `${path}.radius`, message: 'must be 1 to 65535' }] : []),
  ]
}

function refuse(faults: Fault[]): DomainError<'SEAT_PLAN_INVALID'> {
  const shown = faults.slice(0, maxFaults)
  if (faults.length > shown.length) {
    shown.push({ path: '', message: `and ${faults.length - shown.length} more faults` })
  }
  return new DomainError('SEAT_PLAN_INVALID', { faults: shown })
}
