import type { WorkChallenge } from '@greenroom/contract'

export type ToWorker = WorkChallenge
export type FromWorker = { done: number; all: number } | { proof: string }
