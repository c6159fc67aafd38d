import type { SeatPlanPreview, VenuePreset } from '@greenroom/contract'
import { generateSeatPlan } from '../catalogue/index.ts'
import { previewSeatPlan } from './keep-seat-plan.ts'

/** One for each preset, of which there are five: a stadium is worked out once in a process, however often somebody looks. */
const previews = new Map<VenuePreset, SeatPlanPreview>()

/** What keeping the plan of a venue of usual dimensions would keep, to be looked at: nothing is written. */
export function previewVenue(preset: VenuePreset): SeatPlanPreview {
  const known = previews.get(preset)
  if (known !== undefined) return known
  const preview = previewSeatPlan({ document: generateSeatPlan(preset) })
  previews.set(preset, preview)
  return preview
}
