import { expect, test } from 'vitest'

import { countTests } from './count-tests.ts'

const report = (passed: number, failed: number, files: { status: string; tests: number }[] = []): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    testResults: files.map(({ status, tests }, index) => ({
      name: `file-${index}`,
      status,
      assertionResults: Array.from({ length: tests }, () => ({})),
    })),
  })

test('a good run counts what passed', () => {
  expect(countTests(report(7, 0), 0)).toEqual({ passed: 7, failed: 0, unseen: [] })
})

test('failed tests count once, whatever the exit code adds', () => {
  expect(countTests(report(7, 2, [{ status: 'failed', tests: 9 }]), 1)).toEqual({
    passed: 7,
    failed: 2,
    unseen: [],
  })
})

test('a file that does not load is a failure, though it holds no failed test', () => {
  expect(countTests(report(7, 0, [{ status: 'failed', tests: 0 }]), 1)).toEqual({
    passed: 7,
    failed: 1,
    unseen: ['file-0 did not load'],
  })
})

test('no report, a broken report and no test at all are failures', () => {
  expect(countTests(undefined, 0).failed).toBe(1)
  expect(countTests('{"numPassedTests": 5', 0).failed).toBe(1)
  expect(countTests(report(0, 0), 0)).toEqual({ passed: 0, failed: 1, unseen: ['no test ran'] })
})

test('a bad end is a failure even when each test passed', () => {
  expect(countTests(report(7, 0), 1).failed).toBe(1)
  expect(countTests(report(7, 0), null).failed).toBe(1)
})
