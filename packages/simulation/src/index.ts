export { type PlantedBug, plantedBugs } from './planted-bugs.ts'
export {
  findPlantedBugs,
  type FoundBug,
  runSimulations,
  type SimulationOptions,
  type SimulationSummary,
} from './run-simulations.ts'
export type { RunResult } from './simulate.ts'
