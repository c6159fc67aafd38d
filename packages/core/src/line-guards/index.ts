export { guardLine } from './guard-line.ts'
export { guardNewcomer } from './guard-newcomer.ts'
export type { Door } from './guards.ts'
export { inspectLineGuards, readLineGuards } from './read-line-guards.ts'
