import { BullMQOtel } from 'bullmq-otel'
import { isTracing } from './trace.ts'

/** For BullMQ's queues and workers: a job carries where it was added, and is worked on as a part of that trace. Empty without tracing. */
export function jobTelemetry(): { telemetry?: BullMQOtel } {
  return isTracing() ? { telemetry: new BullMQOtel({ tracerName: 'greenroom' }) } : {}
}
