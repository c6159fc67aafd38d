import { defineConfig } from 'vitest/config'

const notTests = ['**/node_modules/**', '**/dist/**', '**/.greenroom*/**']
const stack = './packages/stack/src/testing/global-setup.ts'
const web = './packages/stack/src/testing/build-web-setup.ts'

export default defineConfig({
  test: {
    // The whole run must fit a machine with 2 cores, servers included.
    maxWorkers: 2,
    pool: 'forks',
    teardownTimeout: 30_000,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...notTests, '**/*.int.test.ts', '**/*.e2e.test.ts'],
          sequence: { groupOrder: 0 },
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'int',
          include: ['**/*.int.test.ts'],
          exclude: notTests,
          globalSetup: stack,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          exclude: notTests,
          globalSetup: [stack, web],
          // One file at a time: each drives browsers and a whole set of processes.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
