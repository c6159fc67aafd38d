import { file, type PlantedViolation } from './planted-violation.ts'

/** Imports the package table, the core's doors or the driver rule must refuse. */
export const plantedImports: readonly PlantedViolation[] = [
  {
    rule: 'greenroom(package-direction)',
    breaks: 'core imports the router above it',
    bad: file('packages/core/src/seating/up.ts', importing('@greenroom/router')),
    good: file('packages/core/src/seating/up.ts', importing('@greenroom/contract')),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'core reaches an app by import()',
    bad: file('packages/core/src/seating/lazy.ts', "export const load = () => import('@greenroom/client')"),
    good: file(
      'packages/core/src/seating/lazy.ts',
      "export const load = () => import('@greenroom/contract')",
    ),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'contract imports a library other than zod',
    bad: file('packages/contract/src/seat.ts', importing('flatbush')),
    good: file('packages/contract/src/seat.ts', importing('zod')),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'contract imports a Node module',
    bad: file('packages/contract/src/mac.ts', importing('node:crypto')),
    good: file('packages/core/src/tickets/mac.ts', importing('node:crypto')),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'the page imports a Node module, which only its build settings may',
    bad: file('apps/web/src/pack.ts', importing('node:zlib')),
    good: file('apps/web/vite.config.ts', importing('node:zlib')),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'router imports the client',
    bad: file('packages/router/src/seats.ts', importing('@greenroom/client')),
    good: file('packages/router/src/seats.ts', importing('@greenroom/core')),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'client loads the router instead of naming its type',
    bad: file('packages/client/src/api.ts', importing('@greenroom/router')),
    good: file('packages/client/src/api.ts', importingType('@greenroom/router')),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'web re-exports server code',
    bad: file('apps/web/src/server.ts', "export { thing } from '@greenroom/core'"),
    good: file('apps/web/src/server.ts', "export { thing } from '@greenroom/client'"),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'gateway imports the router',
    bad: file('apps/gateway/src/rooms.ts', importing('@greenroom/router')),
    good: file('apps/gateway/src/rooms.ts', importing('@greenroom/core')),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'worker imports the router',
    bad: file('apps/worker/src/tick.ts', importing('@greenroom/router')),
    good: file('apps/worker/src/tick.ts', importing('@greenroom/core')),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'api imports the client outside its tests',
    bad: file('apps/api/src/call.ts', importing('@greenroom/client')),
    good: file('apps/api/src/call.int.test.ts', importing('@greenroom/client')),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'crowd goes round the public surface',
    bad: file('packages/crowd/src/fan.ts', importing('@greenroom/core')),
    good: file('packages/crowd/src/fan.ts', importing('@greenroom/client')),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'stack needs the product it starts',
    bad: file('packages/stack/src/boot.ts', importing('@greenroom/core')),
    good: file('packages/stack/src/boot.ts', importing('node:child_process')),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'a relative path goes round another package’s exports',
    bad: file('apps/api/src/deep.ts', importing('../../../packages/core/src/wallet/wallet-store.ts')),
    good: file('apps/api/src/deep.ts', importing('@greenroom/core')),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'what opens the inside for the simulation is imported by the product',
    bad: file('apps/api/src/fixture.ts', importing('@greenroom/core/rules')),
    good: file('packages/simulation/src/fixture.ts', importing('@greenroom/core/rules')),
  },
  {
    rule: 'greenroom(package-direction)',
    breaks: 'shipped code imports another package’s test support',
    bad: file('apps/api/src/fixture.ts', importing('@greenroom/core/testing')),
    good: file('apps/api/src/fixture.test.ts', importing('@greenroom/core/testing')),
  },
  {
    rule: 'greenroom(core-doors)',
    breaks: 'a feature opens another feature past its index.ts',
    bad: file('packages/core/src/payments/pay.ts', importing('../wallet/wallet-store.ts')),
    good: file('packages/core/src/payments/pay.ts', importing('../wallet/index.ts')),
  },
  {
    rule: 'greenroom(core-doors)',
    breaks: 'platform imports a feature',
    bad: file('packages/core/src/platform/clock.ts', importing('../seating/index.ts')),
    good: file('packages/core/src/platform/clock.ts', importing('./database.ts')),
  },
  {
    rule: 'greenroom(core-doors)',
    breaks: 'shipped core code imports testing/',
    bad: file('packages/core/src/wallet/charge.ts', importing('../testing/fans.ts')),
    good: file('packages/core/src/wallet/charge.test.ts', importing('../testing/fans.ts')),
  },
  ...['sequelize', 'pg', 'ioredis', 'bullmq'].map((driver) => ({
    rule: 'greenroom(drivers-in-stores)',
    breaks: `core imports ${driver} outside a store`,
    bad: file(`packages/core/src/tickets/issue-${driver}.ts`, importing(driver)),
    good: file(`packages/core/src/tickets/${driver}-store.ts`, importing(driver)),
  })),
  {
    rule: 'greenroom(drivers-in-stores)',
    breaks: 'a table’s model runs statements of its own',
    bad: file('packages/core/src/tickets/ticket-model.ts', importing('pg')),
    good: file('packages/core/src/tickets/ticket-model.ts', importing('sequelize')),
  },
  {
    rule: 'greenroom(drivers-in-stores)',
    breaks: 'gateway opens Redis by itself',
    bad: file('apps/gateway/src/stream.ts', importing('ioredis')),
    good: file('packages/core/src/platform/stream.ts', importing('ioredis')),
  },
  {
    rule: 'greenroom(drivers-in-stores)',
    breaks: 'the worker opens a queue itself',
    bad: file('apps/worker/src/mail-worker.ts', importing('bullmq')),
    good: file('packages/core/src/platform/mail-jobs.ts', importing('bullmq')),
  },
  {
    rule: 'greenroom(drivers-in-stores)',
    breaks: 'an api file other than bull-board.ts imports Bull Board',
    bad: file('apps/api/src/admin.ts', importing('@bull-board/api')),
    good: file('apps/api/src/bull-board.ts', importing('@bull-board/api')),
  },
]

function importing(specifier: string): string {
  return `import { thing } from '${specifier}'\n\nexport { thing }`
}

function importingType(specifier: string): string {
  return `import type { Thing } from '${specifier}'\n\nexport type Kept = Thing`
}
