/** What a fan can make out: whole sections, single seats, or seats with their numbers. */
type Level = 'sections' | 'seats' | 'numbers'

export type Detail = {
  level: Level
  /** 0 to 1: how strongly each layer shows. Layers fade into each other, so zooming never pops. */
  seats: number
  tint: number
  names: number
}

/** From here on single dots are told apart. */
const seatsFromPx = 4
/** A two-digit number is legible in a seat of this pitch. */
const numbersFromPx = 19
/** A finger hits one seat of this pitch more often than its neighbour; below, a tap zooms in instead. */
const tapFromPx = 15
/** A mouse pointer is finer. */
const clickFromPx = 6.5

/** What to draw when two neighbouring seats are `pitchPx` CSS pixels apart. */
export function detailAt(pitchPx: number): Detail {
  return {
    level: pitchPx < seatsFromPx ? 'sections' : pitchPx < numbersFromPx ? 'seats' : 'numbers',
    seats: 0.16 + 0.84 * ramp(pitchPx, 3, 4.5),
    tint: 1 - 0.82 * ramp(pitchPx, 3, 4.8),
    names: 1 - ramp(pitchPx, 9, 12),
  }
}

/** Whether a press means the seat under it, or is too coarse for that and asks to come closer. */
export function canPickSeat(pitchPx: number, pointer: 'mouse' | 'finger'): boolean {
  return pitchPx >= (pointer === 'mouse' ? clickFromPx : tapFromPx)
}

/** The pitch at which a fan who asked to come closer can pick seats with either pointer. */
export const pickingPitchPx = 22

function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)))
}
