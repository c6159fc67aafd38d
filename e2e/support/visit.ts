import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openVisitor, type Visitor } from './browser.ts'

let visitCount = 0

/** A visitor for the running test, gone after it; of a test that failed their last picture stays behind. */
export async function visit(...options: Parameters<typeof openVisitor>): Promise<Visitor> {
  const visitor = await openVisitor(...options)
  visitCount += 1
  const picture = join(tmpdir(), `greenroom-failed-${process.pid}-${visitCount}.png`)
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') {
      await visitor.page.screenshot({ path: picture })
      process.stderr.write(`${task.name}: ${visitor.page.url()} looked like ${picture}\n`)
      for (const line of visitor.failures) process.stderr.write(`  ${line}\n`)
    }
    await visitor.leave()
  })
  return visitor
}
