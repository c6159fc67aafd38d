import type { ConcertId, ShowId } from '@greenroom/contract'

export type CrowdOptions = {
  /** Where the api answers; the gateway's address comes from there. */
  url: string
  concertId: ConcertId
  /** One date; without it each fan picks one of the concert's dates. */
  showId?: ShowId
  fans: number
  seatsPerFan: { min: number; max: number }
  /** The share of fans who hold seats and then do not pay: half give them back, half just go. */
  abandon: number
  /** The share of fans who do not come when it is their turn. */
  absent: number
  /** Fans who are let in, only look, and at the end compare their map with a fresh one. */
  observers: number
  /** A fan's longest pause before each step. */
  thinkMs: number
  /** Sign-ups at once: each costs the server about 30 ms of a core. */
  signUpsAtOnce: number
  joinsAtOnce: number
  timeoutMs: number
  /** Reads the server's own checks and, at the end, the sale's numbers with these. */
  operator?: { email: string; password: string }
  /** When Redis lost something, milliseconds since 1970: places come back with their fans then. Read when all is over. */
  redisLostAtMs?: readonly number[]
  random: () => number
}

export const crowdDefaults = {
  seatsPerFan: { min: 1, max: 4 },
  abandon: 0.1,
  absent: 0.02,
  observers: 5,
  thinkMs: 300,
  signUpsAtOnce: 8,
  joinsAtOnce: 100,
  timeoutMs: 1_200_000,
  random: Math.random,
}
