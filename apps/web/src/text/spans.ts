import { m } from '../paraglide/messages.js'
import type { Span } from './durations.ts'

const spanTexts: Record<Span['unit'], (input: { count: number }) => string> = {
  seconds: m.span_seconds,
  minutes: m.span_minutes,
  hours: m.span_hours,
  days: m.span_days,
}

/** `3 minutes`, in the page's language. */
export function tellSpan(span: Span): string {
  return spanTexts[span.unit]({ count: span.count })
}
