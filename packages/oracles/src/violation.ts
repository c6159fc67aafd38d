/** One thing that must never be, and is. */
export type Violation = {
  /** The oracle's name: `one-owner-per-seat`. */
  oracle: string
  /** What exactly is wrong, with ids and numbers. */
  fault: string
  /** The show it is about, when it is about one. */
  showId?: number
}
