import { expect, test } from 'vitest'

import { countTests } from './count-tests.ts'

const report = (passed: number, failed: number, files: { status: string; tests: string[] }[] = []): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    testResults: files.map(({ status, tests }, index) => ({
      name: `file-${index}`,
      status,
      assertionResults: tests.map((each) => ({ status: each })),
    })),
  })

test('a good run counts what passed', () => {
  expect(countTests(report(7, 0), 0)).toEqual({ passed: 7, failed: 0, unseen: [] })
})

test('failed tests count once, whatever the exit code adds', () => {
  expect(countTests(report(7, 2, [{ status: 'failed', tests: ['passed', 'failed', 'failed'] }]), 1)).toEqual({
    passed: 7,
    failed: 2,
    unseen: [],
  })
})

test('a file that does not load is a failure, though it holds no failed test', () => {
  expect(countTests(report(7, 0, [{ status: 'failed', tests: [] }]), 1)).toEqual({
    passed: 7,
    failed: 1,
    unseen: ['file-0 failed outside its tests'],
  })
})

test('a file whose tests pass and whose hooks fail is a failure', () => {
  expect(
    countTests(
      report(2, 1, [
        { status: 'failed', tests: ['passed', 'passed'] },
        { status: 'failed', tests: ['failed'] },
      ]),
      1,
    ),
  ).toEqual({ passed: 2, failed: 2, unseen: ['file-0 failed outside its tests'] })
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
