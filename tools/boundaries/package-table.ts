/**
 * Which package may import what, as ARCHITECTURE.md tells it: read by the linter plugin beside this file and
 * by the test that holds every package.json to it.
 */
export type PackageRule = {
  /** Workspace packages it may import. */
  readonly imports: readonly string[]
  /** Workspace packages it may name with `import type` alone: types cost a browser nothing. */
  readonly typesFrom?: readonly string[]
  /** What its tests may import on top: they drive the real thing from outside. */
  readonly testImports?: readonly string[]
  /** When given, the only libraries it may import. */
  readonly libraries?: readonly string[]
  /** Runs in a browser, so neither `node:` modules nor the storage drivers exist there. */
  readonly runsInBrowser?: boolean
  /** Files that may import a storage driver, each with the drivers it may have. */
  readonly drivers: readonly DriverDoor[]
  readonly why: string
}

type DriverDoor = { readonly files: RegExp; readonly drivers: readonly string[] }

/** Libraries that talk to Postgres or Redis. Everything else goes through a store. */
export const storageDrivers = ['sequelize', 'pg', 'ioredis', 'bullmq', 'umzug', '@bull-board']

export const packageTable: Readonly<Record<string, PackageRule>> = {
  'packages/contract': {
    imports: [],
    libraries: ['zod'],
    runsInBrowser: true,
    drivers: [],
    why: 'the contract is shipped to browsers and to other products, so it depends on zod alone',
  },
  'packages/oracles': {
    imports: ['contract'],
    libraries: [],
    drivers: [],
    why: 'the oracles are asked by everything that wants to be checked, so they bring no driver and start nothing',
  },
  'packages/core': {
    imports: ['contract', 'oracles'],
    testImports: ['stack'],
    drivers: [
      { files: /(^|\/)[a-z0-9-]+-store\.ts$/, drivers: storageDrivers },
      { files: /(^|\/)[a-z0-9-]+-model\.ts$/, drivers: ['sequelize'] },
      { files: /^src\/platform\//, drivers: storageDrivers },
    ],
    why: 'the core knows no transport: HTTP, sockets and jobs call it, never the other way round',
  },
  'packages/router': {
    imports: ['core', 'contract'],
    testImports: ['stack', 'client'],
    drivers: [],
    why: 'the router is the thin typed edge other products reuse; it decides nothing and stores nothing',
  },
  'packages/client': {
    imports: ['contract'],
    typesFrom: ['router'],
    testImports: ['stack'],
    runsInBrowser: true,
    drivers: [],
    why: 'the client runs in browsers: server code may reach it as types only',
  },
  'packages/crowd': {
    imports: ['client', 'contract', 'oracles'],
    testImports: ['core', 'stack'],
    drivers: [],
    why: 'the crowd proves the public surface, so it may use nothing but the public client',
  },
  'packages/simulation': {
    imports: ['core', 'client', 'contract', 'oracles', 'stack'],
    drivers: [
      { files: /^src\/postgres\/database-error\.ts$/, drivers: ['pg'] },
      { files: /\.int\.test\.ts$/, drivers: ['ioredis'] },
    ],
    why: "the simulation runs the core and the client on stores of its own: of pg it needs an error's class, of Redis nothing but to be compared with it, and of the stack where its summary goes",
  },
  'packages/lab': {
    imports: ['client', 'contract', 'crowd', 'oracles', 'stack'],
    drivers: [{ files: /^src\//, drivers: ['pg', 'ioredis'] }],
    why: 'the lab breaks the product from outside: it starts it, stands between its parts and reads its databases',
  },
  'packages/scale': {
    imports: ['bench', 'client', 'contract', 'core', 'crowd', 'lab', 'oracles', 'stack'],
    drivers: [{ files: /^src\//, drivers: ['pg'] }],
    why: 'what a sale costs is measured on the core, on whole processes and below both, in their databases',
  },
  'packages/stack': {
    imports: [],
    drivers: [{ files: /^src\//, drivers: ['pg', 'ioredis'] }],
    why: 'the stack starts Postgres, Redis and processes; it must start when the product does not compile',
  },
  'apps/api': {
    imports: ['router', 'core', 'contract'],
    testImports: ['client', 'stack'],
    drivers: [{ files: /^src\/([a-z-]+\/)*bull-board\.ts$/, drivers: ['bullmq', '@bull-board'] }],
    why: 'the api maps HTTP to the router and the core; only the Bull Board page opens queues by itself',
  },
  'apps/gateway': {
    imports: ['core', 'contract'],
    testImports: ['client', 'stack'],
    drivers: [],
    why: 'the gateway decides nothing: it reads what the core gives it',
  },
  'apps/worker': {
    imports: ['core', 'contract'],
    testImports: ['stack'],
    drivers: [],
    why: "the worker runs core verbs as jobs; the core's platform opens the queues",
  },
  'apps/web': {
    imports: ['client', 'contract'],
    typesFrom: ['router'],
    runsInBrowser: true,
    drivers: [],
    why: 'the page is downloaded by everyone at once: it may carry the client and the contract, and router types',
  },
  bench: {
    imports: ['core', 'contract', 'client', 'crowd', 'stack'],
    drivers: [{ files: /^/, drivers: storageDrivers }],
    why: 'benches measure the core and the drivers under it',
  },
  e2e: {
    imports: ['client', 'contract', 'crowd', 'lab', 'oracles', 'router', 'stack'],
    drivers: [{ files: /^/, drivers: ['pg', 'ioredis'] }],
    why: 'end-to-end tests see the product from outside, plus its database to check what really happened',
  },
}
