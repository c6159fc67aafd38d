export type { RateClass } from './rate-class.ts'
