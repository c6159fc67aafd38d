/** A work challenge is this many puzzles: the time that many short searches take differs less from one fan to the next. */
export const puzzlesPerChallenge = 8

/** Each puzzle takes so many bits off: 8 puzzles of 2^(n-3) tries are 2^n tries. */
export function puzzleBits(bits: number): number {
  return bits - 3
}
