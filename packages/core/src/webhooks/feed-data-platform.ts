import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { appendEvents } from './append-events.ts'
import {
  findEventsAfter,
  noteNotSent,
  noteSent,
  type PlacedEvent,
  type Progress,
  takeTurn,
} from './data-platform-store.ts'
import { postMessage } from './post-message.ts'
import { signMessage } from './sign-message.ts'

const batchSize = 500

/**
 * Sends the data platform every event it does not have, in order, and returns how many that was. At least once: what was sent
 * and not noted, because this process died in between, is sent again. One process at a time; while the platform is away
 * it is asked less and less often, at least every five minutes, and nothing is lost. It waits in nobody's way.
 */
export async function feedDataPlatform(deps: Deps): Promise<number> {
  let sent = 0
  for (;;) {
    const count = await feedBatch(deps)
    sent += count
    if (count < batchSize) return sent
  }
}

async function feedBatch(deps: Deps): Promise<number> {
  return await inTransaction(deps.db, async (tx) => {
    const progress = await takeTurn(tx)
    if (progress === undefined) return 0
    const events = await findEventsAfter(tx, progress.lastPosition, batchSize)
    const last = events.at(-1)
    if (last === undefined) return 0
    const failure = await sendBatch(deps, events, progress)
    if (failure !== null) {
      deps.log.warn({ failure, failures: progress.failures + 1 }, 'the data platform takes nothing')
      await noteNotSent(tx)
      return 0
    }
    await noteSent(tx, last.position)
    return events.length
  })
}

/** Why the batch did not arrive, or `null`. The platform is named by whoever runs the server, so it may be anywhere. */
async function sendBatch(
  deps: Deps,
  events: readonly PlacedEvent[],
  progress: Progress,
): Promise<string | null> {
  const { dataPlatform, webhooks } = deps.settings
  if ('folder' in dataPlatform)
    return await appendEvents(dataPlatform.folder, progress.day, events).then(
      () => null,
      (error: unknown) => String(error),
    )
  const [first, last] = [events[0]?.position, events.at(-1)?.position]
  const body = JSON.stringify({ events: events.map(({ event }) => event) })
  const secrets = [dataPlatform.secret]
  const headers = signMessage({ id: `batch_${first}_${last}`, body, nowMs: progress.nowMs, secrets })
  const { error } = await postMessage(
    dataPlatform.url,
    { headers, body },
    { ...webhooks, allowPrivate: true },
  )
  return error
}
