import { z } from 'zod'

import { parseJson } from './parse-json.ts'

const fileSchema = z.object({
  name: z.string(),
  status: z.string(),
  assertionResults: z.array(z.object({ status: z.string() })),
})

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(fileSchema),
})

export type TestCount = {
  passed: number
  failed: number
  /** failures that no test of the report shows, in words */
  unseen: string[]
}

/**
 * Counts a Vitest run from its JSON report and its exit code. What fails outside any test counts as failed too: a
 * file that does not load or cannot tidy up, a run that ends badly though each test passed, a run with no report or no test at all.
 */
export function countTests(reportText: string | undefined, exitCode: number | null): TestCount {
  const report = reportText === undefined ? undefined : reportSchema.safeParse(parseJson(reportText)).data
  if (report === undefined) {
    return { passed: 0, failed: 1, unseen: [`the test run left no report (exit code ${exitCode})`] }
  }
  const unseen = report.testResults
    .filter(isFailedOutsideTests)
    .map((file) => `${file.name} failed outside its tests`)
  const passed = report.numPassedTests
  if (passed + report.numFailedTests + unseen.length === 0) unseen.push('no test ran')
  if (exitCode !== 0 && report.numFailedTests + unseen.length === 0) {
    unseen.push(`the test run ended with exit code ${exitCode} though no test failed`)
  }
  return { passed, failed: report.numFailedTests + unseen.length, unseen }
}

function isFailedOutsideTests(file: z.infer<typeof fileSchema>): boolean {
  return file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')
}
