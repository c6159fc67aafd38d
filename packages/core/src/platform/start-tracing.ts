import type { Logger } from 'pino'
import { inTime } from './in-time.ts'
import { traceDrivers } from './trace-drivers.ts'
import { switchTracingOn } from './trace.ts'

/** Of the standard variables those that say whether to trace at all; all others are the SDK's to read. */
export type TracingSettings = { isWanted: boolean; serviceName: string | undefined }

/**
 * Traces this process when OpenTelemetry's standard variables ask for it (OTEL_EXPORTER_OTLP_ENDPOINT or
 * OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, not OTEL_SDK_DISABLED): loads the SDK, which reads the others by itself (sampler, exporter,
 * protocol, headers, resource), and only then. Answers what sends the last spans and ends it; that waits for 2 s at most.
 */
export async function startTracing(
  { log, settings }: { log: Logger; settings: { tracing: TracingSettings } },
  processName: string,
): Promise<() => Promise<void>> {
  if (!settings.tracing.isWanted) return () => Promise.resolve()
  const { NodeSDK } = await import('@opentelemetry/sdk-node')
  const sdk = new NodeSDK({
    serviceName: settings.tracing.serviceName ?? `greenroom-${processName}`,
    instrumentations: [],
  })
  sdk.start()
  traceDrivers()
  switchTracingOn()
  log.info('tracing')
  return async () => {
    await inTime(sdk.shutdown(), lastSpansMs).catch((error: unknown) =>
      log.warn({ err: error }, 'the last spans were not sent'),
    )
  }
}

const lastSpansMs = 2_000
