import { tellSeatLine, type SeatWords } from './seat-words.ts'

/** Says which seat the keyboard has reached on the map, for screen readers. */
export function SeatNews({ seat, ...words }: SeatWords & { seat: number | undefined }) {
  return (
    <p className="sr-only" aria-live="polite">
      {seat === undefined ? '' : tellSeatLine(words, seat)}
    </p>
  )
}
