import type { Work } from './kept-work.ts'

export type ToWorker = Work
export type FromWorker = { answers: number[] } | { proof: string }
