export { maxSeatPlanBytes, parseSeatPlan } from './check-seat-plan.ts'
export { addConcert, createConcert } from './create-concert.ts'
export { addShow, createShow } from './create-show.ts'
export { holdMaxLifeMsOf } from './hold-life.ts'
export { movedFromSql } from './moved-from-store.ts'
export { addSeatPlan, type ImportedPlan, importSeatPlan, layOutDocument } from './import-seat-plan.ts'
export {
  listConcerts,
  listFreeShows,
  listSeatPlans,
  readConcert,
  readPrices,
  readSeatPlace,
  readShow,
  readStock,
  recallTitle,
} from './queries.ts'
export { readGeometry, readSeatGeometry } from './read-geometry.ts'
export { readShowTimes } from './show-times-store.ts'
export { generateSeatPlan } from './venues/presets.ts'
