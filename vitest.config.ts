import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tools/test-order/longest-first.ts'

const notTests = ['**/node_modules/**', '**/dist/**', '**/.greenroom*/**']
/** Two at a time, and of those that leave a processor free: a lab whose faults are timed, and a line that draws when it is time. */
const calm = ['browser-journey', 'line-page', 'proof', 'ten-browsers'].map(
  (name) => `e2e/${name}.e2e.test.ts`,
)
/** Fills the machine by itself: five browsers at once. */
const alone = ['e2e/accessible-pages.e2e.test.ts']
const stack = './packages/stack/src/testing/global-setup.ts'
const web = './packages/stack/src/testing/build-web-setup.ts'

/** Without a browser: much of a file is waiting for servers, so that three at a time keep two cores busy. */
const light = { maxWorkers: 3, sequence: { groupOrder: 0 } }

/** Against the whole product, its pages built. */
const whole = { globalSetup: [stack, web], testTimeout: 180_000, hookTimeout: 120_000 }

/** Reads what all the others' processes wrote. */
const last = ['e2e/logs.e2e.test.ts']

export default defineConfig({
  test: {
    // The whole run must fit a machine with 2 cores, servers included.
    maxWorkers: 2,
    pool: 'forks',
    // a process and its modules serve one file after the other: loading them anew takes a second and more of each file's time
    isolate: false,
    sequence: { sequencer: LongestFirst },
    teardownTimeout: 30_000,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...notTests, '**/*.int.test.ts', '**/*.e2e.test.ts'],
          ...light,
          unstubGlobals: true,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'int',
          include: ['**/*.int.test.ts'],
          exclude: notTests,
          globalSetup: stack,
          ...light,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          exclude: [...notTests, ...calm, ...alone, ...last],
          ...whole,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e-calm',
          include: calm,
          ...whole,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e-alone',
          include: alone,
          ...whole,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'e2e-last',
          include: last,
          ...whole,
          globalSetup: [stack],
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
})
