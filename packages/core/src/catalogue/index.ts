export { checkSeatPlan, maxSeatPlanBytes, parseSeatPlan, type SeatPlanOptions } from './check-seat-plan.ts'
export { addConcert, createConcert } from './create-concert.ts'
export { addShow, createShow } from './create-show.ts'
export { addSeatPlan, type ImportedPlan, importSeatPlan } from './import-seat-plan.ts'
export {
  listConcerts,
  listSeatPlans,
  readConcert,
  readShow,
  readStock,
  type SeatPlanListing,
  type ShowPlace,
} from './queries.ts'
export { type GeometryFile, readGeometry, readSeatGeometry } from './read-geometry.ts'
export { readShowTimes } from './show-times-store.ts'
export type { SeatPlanDocument } from './seat-plan-document.ts'
export { generateSeatPlan, type VenuePreset, venuePresets } from './venues/presets.ts'
