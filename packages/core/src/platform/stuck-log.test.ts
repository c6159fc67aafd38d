import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

const program = `
  import { openLog, flushLog } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)}
  const log = openLog('test', { level: 'info' })
  process.on('SIGTERM', () => void flushLog(log).finally(() => process.exit(0)))
  const filler = 'x '.repeat(500)
  for (let line = 0; line < 8_000; line++) log.info({ filler, line }, 'nobody reads this')
  process.stderr.write('went on')
  setInterval(() => log.info('later'), 50)
`

/** A program that logs 8 MB to a pipe. */
function startWriter(): ReturnType<typeof spawn> {
  return spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

test('who logs to a reader that is stuck goes on, and ends when asked', async () => {
  const writer = startWriter()
  // nobody reads standard output
  const [said]: unknown[] = await once(writer.stderr ?? writer, 'data')
  expect(String(said)).toBe('went on')
  writer.kill('SIGTERM')
  expect(await once(writer, 'exit')).toEqual([0, null])
})

test('what was dropped meanwhile is counted in the next line that is written', async () => {
  const writer = startWriter()
  await once(writer.stderr ?? writer, 'data')
  let text = ''
  writer.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  await expect.poll(() => /"droppedLines":\d+/.exec(text)?.[0], { timeout: 10_000 }).toBeDefined()
  const written = text.split('\n').filter((line) => line.includes('nobody reads this')).length
  const dropped = [...text.matchAll(/"droppedLines":(\d+)/g)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  )
  expect(written).toBeGreaterThan(0)
  expect(written + dropped).toBe(8_000)
  writer.kill('SIGKILL')
})
