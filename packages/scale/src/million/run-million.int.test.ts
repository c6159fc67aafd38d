import { expect, onTestFinished, test } from 'vitest'
import { openServers } from '../machine/open-servers.ts'
import { findFaults } from './find-faults.ts'
import { runMillion } from './run-million.ts'

test('a small virtual sale keeps the order and sells every seat once, and says what it cost', async () => {
  const servers = await openServers()
  onTestFinished(servers.stop)
  const found = await runMillion(servers, { fans: 600, seats: 60, capacity: 20, say: () => undefined })
  expect(findFaults(found)).toEqual([])
  expect(found.sale.buyers).toBeGreaterThan(0)
  expect(found.join.cpu.node).toBeGreaterThan(0)
  expect(found.join.cpu.redis).toBeGreaterThan(0)
  expect(found.sell.cpu.postgres).toBeGreaterThan(0)
}, 180_000)
