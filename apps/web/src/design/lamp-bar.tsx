import { classNames } from './class-names.ts'

/**
 * A bar of stage lamps, the product's one measure: how far in line, how long a hold still lives, how many seats are left.
 * `share` is 0..1. It says nothing by itself to a screen reader: the number stands beside it.
 */
export function LampBar(props: {
  share: number
  lamps?: number
  tone?: 'lamp' | 'bad' | 'good'
  size?: 'sm' | 'lg'
  className?: string
}) {
  const lamps = props.lamps ?? 12
  const lit = litLamps(props.share, lamps)
  return (
    <span
      aria-hidden="true"
      className={classNames('flex justify-between forced-color-adjust-none', props.className)}
    >
      {Array.from({ length: lamps }, (_, index) => (
        <span
          key={index}
          className={classNames(
            'rounded-full transition-[background-color,box-shadow] duration-500',
            props.size === 'lg' ? 'size-2.5 sm:size-3' : 'size-1.5',
            index < lit ? litLook[props.tone ?? 'lamp'] : 'bg-rule/70 forced-colors:bg-[GrayText]',
          )}
          style={{ transitionDelay: `${index * 12}ms` }}
        />
      ))}
    </span>
  )
}

// where a reader has chosen the colours, backgrounds are taken away: theirs are used instead
const litLook = {
  lamp: 'bg-lamp shadow-lamp forced-colors:bg-[Highlight]',
  bad: 'bg-bad forced-colors:bg-[Highlight]',
  good: 'bg-good forced-colors:bg-[Highlight]',
}

/** A lamp is lit for each full part; what is not empty keeps one, what is not full misses one. */
export function litLamps(share: number, lamps: number): number {
  if (!(share > 0)) return 0
  if (share >= 1) return lamps
  return Math.min(lamps - 1, Math.max(1, Math.round(share * lamps)))
}
