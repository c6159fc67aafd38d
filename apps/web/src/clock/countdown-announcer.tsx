import { type ToldSeconds, toldSecondsOf } from './told-seconds.ts'

/** Tells a screen reader, which does not see the clock, how much of a countdown is left: at a few thresholds near its end. */
export function CountdownAnnouncer(props: {
  leftMs: number
  tell: (left: { count: ToldSeconds }) => string
}) {
  const seconds = toldSecondsOf(props.leftMs)
  return (
    <span aria-live="assertive" className="sr-only">
      {seconds !== undefined && props.tell({ count: seconds })}
    </span>
  )
}
