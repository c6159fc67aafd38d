/** Waits and limits of the live side. The defaults suit people; tests shorten them. */
export type LiveSettings = {
  /** without a socket for this long, polling begins */
  pollAfterMs: number
  pollMinMs: number
  pollMaxMs: number
  /** back-off after failures: full jitter under a doubling ceiling */
  retryBaseMs: number
  retryCapMs: number
  /** an unanswered socket request is given up */
  ackTimeoutMs: number
  /** a crowd that sees the same gap spreads its questions over this long */
  repairSpreadMs: number
  /** a watched show is never silent for longer while the gateway is well: it says its position every 5 s */
  silenceMs: number
  /** a tab that leads answers a new tab within this long */
  helloMs: number
}

export const defaultLiveSettings: LiveSettings = {
  pollAfterMs: 3_000,
  pollMinMs: 2_000,
  pollMaxMs: 4_000,
  retryBaseMs: 500,
  retryCapMs: 30_000,
  ackTimeoutMs: 5_000,
  repairSpreadMs: 500,
  silenceMs: 12_000,
  helloMs: 1_000,
}
