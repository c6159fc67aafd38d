export { addFans, type BenchShow, type InsideFan, letIn, openSale, type Sale } from './sale.ts'
export { type Stage, stageOn } from './stage.ts'
export { median, quantile } from './statistics.ts'
