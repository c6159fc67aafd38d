import { closeDatabase, type Database, openDatabase } from './database.ts'

/** A server that follows the primary, for reading what may be a moment old. */
export type Replica = {
  /** It and how far behind it is at most; `undefined` while it is away, behind by more than the bound, or not asked yet. */
  look: () => Promise<{ database: Database; behindMs: number } | undefined>
  /** It failed somebody: it is not used again before it has proven itself. */
  doubt: () => void
  close: () => Promise<void>
}

/** One look of two statements serves everybody for as long. */
const lookEveryMs = 250
/** A look that finds it away is not made again at once: each could cost as long as `answerWithinMs`. */
const restMs = 2_000
/** A replica that stands still keeps a reader waiting for as long, once. */
const answerWithinMs = 1_000
/** Marks kept: enough for a minute's bound, a look each 250 ms. */
const mostMarks = 256

/** Where the primary's log was, and when that was asked, by this process' own clock. */
type Mark = { lsn: number; atMs: number }

/**
 * Opens the replica beside its primary. How far it is behind is measured and not believed: each look notes how far the
 * primary's log has come, and asks how much of it the replica has replayed. So an idle primary is no lag, and a replica that has
 * lost its primary is behind by as much as was written since. While the primary is away, the replica is as good as what was
 * last known of it: browsing goes on.
 */
export function openReplica(
  primary: Database,
  settings: { url: string; maxLagMs: number },
  poolSize: number,
): Replica {
  const database = openDatabase(settings.url, poolSize, { answerWithinMs })
  const marks: Mark[] = []
  let behindMs: number | undefined
  let nextLookAtMs = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  const lookOnce = async (): Promise<void> => {
    const atMs = performance.now()
    const [written, replayed] = await Promise.allSettled([
      inTime(readWritten(primary)),
      inTime(readReplayed(database)),
    ])
    if (written.status === 'fulfilled') marks.push({ lsn: written.value, atMs })
    while (marks.length > mostMarks) marks.shift()
    const lag = replayed.status === 'fulfilled' ? lagBehind(marks, replayed.value, atMs) : undefined
    behindMs = lag !== undefined && lag.lackingMs <= settings.maxLagMs ? lag.behindMs : undefined
    nextLookAtMs = performance.now() + (replayed.status === 'fulfilled' ? lookEveryMs : restMs)
  }
  const lookAgain = (): Promise<void> => {
    looking ??= lookOnce().finally(() => {
      looking = undefined
    })
    return looking
  }
  return {
    look: async () => {
      if (performance.now() >= nextLookAtMs) {
        const look = lookAgain()
        // who would get nothing from it now does not wait for it either
        if (behindMs !== undefined) await look
      }
      return behindMs === undefined ? undefined : { database, behindMs }
    },
    doubt: () => {
      behindMs = undefined
      nextLookAtMs = performance.now() + lookEveryMs
    },
    close: () => closeDatabase(database),
  }
}

/**
 * Reads where browsing is cheap: from the replica while it keeps up, else from the primary. Whatever the replica refuses, also
 * that something is not there, the primary decides: it may have come a moment ago. `behindMs` is how old the answer is at most.
 */
export async function browse<T>(
  db: Database,
  read: (from: Database, behindMs: number) => Promise<T>,
): Promise<T> {
  const replica = await db.replica?.look()
  if (replica === undefined) return await read(db, 0)
  try {
    return await read(replica.database, replica.behindMs)
  } catch (error) {
    if (isFailure(error)) db.replica?.doubt()
    return await read(db, 0)
  }
}

/** A refusal by rule is an answer. */
const isFailure = (error: unknown): boolean => !(error instanceof Error && error.name === 'DomainError')

type Lag = {
  /** Everything that was there so long ago is in the replica. */
  behindMs: number
  /** What it lacks has been lacking for so long; 0 when it lacks nothing that is known of. */
  lackingMs: number
}

/** `undefined`: nothing of the primary is known, or nothing of what is known has arrived. */
export function lagBehind(marks: readonly Mark[], replayed: number, nowMs: number): Lag | undefined {
  const reached = marks.findLast(({ lsn }) => lsn <= replayed)
  if (reached === undefined) return undefined
  const lacking = marks.find(({ lsn }) => lsn > replayed)
  return { behindMs: nowMs - reached.atMs, lackingMs: lacking === undefined ? 0 : nowMs - lacking.atMs }
}

/** Either server may stand still without a word. */
async function inTime<T>(asked: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('a server did not answer in time')), answerWithinMs)
  try {
    return await Promise.race([asked, promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Positions of the log are bytes since the cluster was made: below 2^53 for some centuries of writing. */
async function readWritten({ pool }: Database): Promise<number> {
  return await readNumber(pool, `select (pg_current_wal_flush_lsn() - '0/0')::float8 as position`)
}

/** A replica that was promoted has all there is. */
async function readReplayed({ pool }: Database): Promise<number> {
  return await readNumber(
    pool,
    `select (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_flush_lsn() end
             - '0/0')::float8 as position`,
  )
}

async function readNumber(pool: Database['pool'], text: string): Promise<number> {
  const { rows } = await pool.query<{ position: number | null }>(text)
  const position = rows[0]?.position
  if (typeof position !== 'number') throw new Error('Postgres does not say how far its log is')
  return position
}
