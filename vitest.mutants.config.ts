import { defineConfig } from 'vitest/config'
import { mutantInForce } from './packages/core/src/testing/mutants/mutant-in-force.ts'
import { removeGuard } from './tools/mutants/remove-guard.ts'

/** One run of one test with one guard out: see tools/mutants. Never used by `npm test` itself. */
export default defineConfig({
  plugins: [removeGuard(mutantInForce())],
  test: {
    pool: 'forks',
    // kept from an earlier run a module would have its guard, or would leave another run without one
    fsModuleCache: false,
    maxWorkers: 1,
    include: ['{packages,apps}/*/src/**/*.test.ts'],
    globalSetup: './packages/stack/src/testing/global-setup.ts',
    // a message says all it has: a crash inside a value that was cut short would pass for what the test was to find
    chaiConfig: { truncateThreshold: 0 },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
  },
})
