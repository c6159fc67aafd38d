import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlacedEvent } from './data-platform-store.ts'

const newline = 10
const chunkBytes = 4_096

/**
 * Appends a line of JSON for each event to the day's file, and returns when the disk has them. Half a line, which a crash left
 * there, is cut off first: its event was not noted as sent, so it comes again.
 */
export async function appendEvents(
  folder: string,
  day: string,
  events: readonly Pick<PlacedEvent, 'event'>[],
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const file = await open(join(folder, `events-${day}.ndjson`), 'a+')
  try {
    await file.truncate(await wholeLinesEnd(file))
    await file.appendFile(events.map(({ event }) => `${JSON.stringify(event)}\n`).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The byte after the last newline. */
async function wholeLinesEnd(file: Awaited<ReturnType<typeof open>>): Promise<number> {
  const buffer = Buffer.alloc(chunkBytes)
  for (let end = (await file.stat()).size; end > 0; ) {
    const start = Math.max(0, end - chunkBytes)
    const { bytesRead } = await file.read(buffer, 0, end - start, start)
    const at = buffer.subarray(0, bytesRead).lastIndexOf(newline)
    if (at >= 0) return start + at + 1
    end = start
  }
  return 0
}
