import { expect, test } from 'vitest'
import { readWorkerSettings } from './env.ts'

const needed = {
  DATABASE_URL: 'postgres://localhost/x',
  REDIS_URL: 'redis://localhost',
  SECRET: 'a secret for tests alone',
}

test('a worker listens nowhere unless it is told a port, and then on this machine alone', () => {
  expect(readWorkerSettings(needed).probes).toBeNull()
  expect(readWorkerSettings({ ...needed, WORKER_PORT: '3002' }).probes).toEqual({
    host: '127.0.0.1',
    port: 3002,
  })
  expect(readWorkerSettings({ ...needed, WORKER_PORT: '0', WORKER_HOST: '0.0.0.0' }).probes).toEqual({
    host: '0.0.0.0',
    port: 0,
  })
  expect(readWorkerSettings({ ...needed, WORKER_PORT: '' }).probes).toBeNull()
  for (const port of ['x', '65536'])
    expect(() => readWorkerSettings({ ...needed, WORKER_PORT: port })).toThrow('WORKER_PORT')
})

test('a token for the metrics is long', () => {
  expect(() => readWorkerSettings({ ...needed, METRICS_TOKEN: 'short' })).toThrow('METRICS_TOKEN')
  expect(readWorkerSettings({ ...needed, METRICS_TOKEN: 'x'.repeat(16) }).metricsToken).toHaveLength(16)
})
