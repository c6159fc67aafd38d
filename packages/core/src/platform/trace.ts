import {
  type Attributes,
  context,
  type Context,
  type Link,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'

/**
 * Spans at the edges of our own: calls, statements, scripts, jobs, messages. Whether anybody records them is decided once, at the
 * start (start-tracing); until then each of these costs a comparison.
 */
let isOn = false

/** From now on spans are made. For `startTracing` alone. */
export function switchTracingOn(): void {
  isOn = true
}

export function isTracing(): boolean {
  return isOn
}

export type SpanOptions = {
  kind?: keyof typeof SpanKind
  /** Names after OpenTelemetry's semantic conventions; never personal data, tokens or parameters. */
  attributes?: Attributes
  /** Where the span belongs; the one that is active by default. */
  parent?: Context
  /** Others that it is a part of as well. */
  links?: Link[]
}

/** Runs `work` inside of a span; it ends when `work` does, marked as failed when that rejects. While nothing is traced it is `work`. */
export function inSpan<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  return isOn ? traced(name, options, work) : work()
}

async function traced<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  const { span, run } = openSpan(name, options)
  try {
    return await run(work)
  } catch (error) {
    noteFailure(span, error)
    throw error
  } finally {
    span.end()
  }
}

/**
 * A span below the active one, which ends when what this answers is called. Where nothing is traced there is none: statements and
 * commands that nobody asked for are not worth a trace.
 */
export function beginChildSpan(name: string, options: SpanOptions): (error?: unknown) => void {
  if (!isOn || trace.getActiveSpan() === undefined) return nothing
  const { span } = openSpan(name, options)
  return (error) => {
    if (error instanceof Error) noteFailure(span, error)
    span.end()
  }
}

function nothing(): void {}

/** A span that is ended by hand, and what runs inside of it. */
export function openSpan(
  name: string,
  { kind = 'INTERNAL', attributes = {}, parent = context.active(), links = [] }: SpanOptions,
): { span: Span; run: <T>(work: () => T) => T } {
  const span = trace
    .getTracer('greenroom')
    .startSpan(name, { kind: SpanKind[kind], attributes, links }, parent)
  const inside = trace.setSpan(parent, span)
  return { span, run: (work) => context.with(inside, work) }
}

/** The span that is active has failed, although what runs in it answers rather than rejects. */
export function failSpan(error: unknown): void {
  const span = isOn ? trace.getActiveSpan() : undefined
  if (span !== undefined) noteFailure(span, error)
}

/** The kind of error, not its words: those may hold what a log would hide. */
function noteFailure(span: Span, error: unknown): void {
  span.setAttribute('error.type', kindOf(error))
  span.setStatus({ code: SpanStatusCode.ERROR })
}

/** Of a refusal that an edge has wrapped, the refusal's own. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  if (error.cause instanceof Error) return kindOf(error.cause)
  const code: unknown = Reflect.get(error, 'code')
  return typeof code === 'string' ? code : error.name
}

/** The trace that a request belongs to by its headers (W3C `traceparent`); a new one without them. */
export function readParent(headers: Record<string, unknown>): Context {
  return propagation.extract(context.active(), headers)
}

/** The active span as a W3C `traceparent`, for whoever goes on elsewhere with what was begun here; `undefined` while nothing is traced. */
export function activeTrace(): string | undefined {
  if (!isOn) return undefined
  const carrier: Record<string, string> = {}
  propagation.inject(context.active(), carrier)
  return carrier['traceparent']
}

/** Where we are now, for `parent` later. */
export function currentContext(): Context | undefined {
  return isOn ? context.active() : undefined
}

/** What one batch does for several calls: a child of the first one's span, with a link to each of the others. */
export function sharedBy(contexts: readonly (Context | undefined)[]): SpanOptions {
  const [first, ...others] = contexts.filter((each) => each !== undefined)
  if (first === undefined) return {}
  const links = others.flatMap((each) => {
    const spanContext = trace.getSpanContext(each)
    return spanContext === undefined ? [] : { context: spanContext }
  })
  return { parent: first, links }
}

/** For the log. */
export function readSpanIds(): { traceId: string; spanId: string } | undefined {
  const span = isOn ? trace.getActiveSpan()?.spanContext() : undefined
  return span === undefined ? undefined : { traceId: span.traceId, spanId: span.spanId }
}
