/** How long a seat that came back glows, and how long a lost one shakes. */
export const glowMs = 1600
const shakeMs = 520

/** More would be a light show, not a hint; the latest ones win. */
const maxGlows = 60

/** Seats that move or glow for a moment. Times are those of animation frames. */
export type SeatEffects = {
  readonly glow: (ordinals: readonly number[], nowMs: number) => void
  /** Seats that are new in the set begin to shake; seats no longer in it stop. */
  readonly shake: (ordinals: ReadonlySet<number>, nowMs: number) => void
  /** Forgets what is over. */
  readonly settle: (nowMs: number) => void
  readonly isActive: () => boolean
  /** 0 at the beginning to 1 at the end. */
  readonly glowing: (nowMs: number) => Iterable<readonly [ordinal: number, progress: number]>
  /** Pixels to the side; 0 once the seat has come to rest. */
  readonly offsetPx: (ordinal: number, nowMs: number) => number
}

/** With `isStill`, for fans who asked for less motion, nothing shakes or grows. */
export function createSeatEffects(isStill: () => boolean): SeatEffects {
  const glows = new Map<number, number>()
  const shakes = new Map<number, number>()
  return {
    glow: (ordinals, nowMs) => {
      for (const ordinal of ordinals) {
        glows.delete(ordinal)
        glows.set(ordinal, nowMs)
      }
      for (const ordinal of glows.keys()) {
        if (glows.size <= maxGlows) return
        glows.delete(ordinal)
      }
    },
    shake: (ordinals, nowMs) => {
      for (const ordinal of shakes.keys()) if (!ordinals.has(ordinal)) shakes.delete(ordinal)
      for (const ordinal of ordinals) if (!shakes.has(ordinal)) shakes.set(ordinal, nowMs)
    },
    settle: (nowMs) => {
      for (const [ordinal, fromMs] of glows) if (nowMs - fromMs > glowMs) glows.delete(ordinal)
      for (const [ordinal, fromMs] of shakes) {
        if (nowMs - fromMs > shakeMs) shakes.set(ordinal, Number.NEGATIVE_INFINITY)
      }
    },
    isActive: () => glows.size > 0 || [...shakes.values()].some(Number.isFinite),
    glowing: function* (nowMs) {
      for (const [ordinal, fromMs] of glows) {
        yield [ordinal, Math.min(1, Math.max(0, (nowMs - fromMs) / glowMs))] as const
      }
    },
    offsetPx: (ordinal, nowMs) => {
      const progress = (nowMs - (shakes.get(ordinal) ?? Number.NEGATIVE_INFINITY)) / shakeMs
      if (isStill() || progress < 0 || progress >= 1) return 0
      return Math.sin(progress * Math.PI * 7) * 5 * (1 - progress)
    },
  }
}
