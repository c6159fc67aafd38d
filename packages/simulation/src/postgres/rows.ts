/** One row: what everybody sees, and what the one transaction that has it locked makes of it. */
export type Row<T> = {
  readonly key: string | number
  readonly table: Table<T>
  /** `undefined` while the row was inserted and not yet committed. */
  committed: T | undefined
  /** `null`: deleted. `undefined`: as committed. */
  draft: T | null | undefined
  writer: Session | undefined
}

/** Rows by primary key, in the order of their insertion. Values are never changed in place. */
export type Table<T> = { readonly name: string; readonly rows: Map<string | number, Row<T>> }

/** A connection's transaction: READ COMMITTED, with row locks held to its end. */
export type Session = {
  readonly name: string
  /** What now() answers: when the transaction began. */
  nowMs: number
  isOpen: boolean
  /** A statement failed: nothing but a rollback is answered any more. */
  isAborted: boolean
  isBroken: boolean
  readonly locked: Set<Row<unknown>>
  waitsFor: Session | undefined
  /** Told when the transaction ends: they want what it had locked. */
  readonly waiting: Set<() => void>
}

/** Thrown by a statement that needs a row which another transaction has locked; it starts again when that one ends. */
export class Blocked extends Error {
  readonly by: Session
  constructor(by: Session) {
    super('another transaction has the row')
    this.by = by
  }
}

export function createTable<T>(name: string): Table<T> {
  return { name, rows: new Map() }
}

export function createSession(name: string, nowMs: number): Session {
  return {
    name,
    nowMs,
    isOpen: false,
    isAborted: false,
    isBroken: false,
    locked: new Set(),
    waitsFor: undefined,
    waiting: new Set(),
  }
}

/** What this transaction sees of the row: its own changes, and of others what they committed. */
function see<T>(session: Session, row: Row<T> | undefined): T | undefined {
  if (row === undefined) return undefined
  return row.writer === session && row.draft !== undefined ? (row.draft ?? undefined) : row.committed
}

export function find<T>(session: Session, table: Table<T>, key: string | number): T | undefined {
  return see(session, table.rows.get(key))
}

/** All rows this transaction sees for which `isMatch` says so, in the order of their insertion. */
export function select<T>(session: Session, table: Table<T>, isMatch: (value: T) => boolean): T[] {
  const found: T[] = []
  for (const row of table.rows.values()) {
    const value = see(session, row)
    if (value !== undefined && isMatch(value)) found.push(value)
  }
  return found
}

/** Locks the row to the end of the transaction, or throws `Blocked`. `undefined`: there is no such row. */
export function lock<T>(session: Session, table: Table<T>, key: string | number): T | undefined {
  const row = table.rows.get(key)
  if (row === undefined) return undefined
  takeLock(session, row)
  return see(session, row)
}

/** An advisory lock: the number is this transaction's until it ends, or `Blocked`, however often others had it before. */
export function lockNumber(session: Session, table: Table<number>, number: number): void {
  // the first one's row stays once that one has committed; whoever comes later locks it
  if (!insert(session, table, number, number)) lock(session, table, number)
}

/** `for update skip locked`: whether the lock could be had. */
export function tryLock<T>(session: Session, table: Table<T>, key: string | number): boolean {
  const row = table.rows.get(key)
  if (row === undefined || (row.writer !== undefined && row.writer !== session)) return false
  takeLock(session, row)
  return see(session, row) !== undefined
}

/** Changes a row that is there; locks it first. */
export function update<T extends object>(
  session: Session,
  table: Table<T>,
  key: string | number,
  change: Partial<T>,
): T {
  const value = lock(session, table, key)
  const row = table.rows.get(key)
  if (value === undefined || row === undefined) throw new Error(`${table.name} has no row ${key}`)
  const changed = { ...value, ...change }
  row.draft = changed
  return changed
}

/** False when a row with that key is there. One that is being inserted is waited for. */
export function insert<T>(session: Session, table: Table<T>, key: string | number, value: T): boolean {
  const known = table.rows.get(key)
  if (known !== undefined) {
    if (known.writer !== undefined && known.writer !== session) throw new Blocked(known.writer)
    if (see(session, known) !== undefined) return false
    takeLock(session, known)
    known.draft = value
    return true
  }
  const row: Row<T> = { key, table, committed: undefined, draft: undefined, writer: undefined }
  table.rows.set(key, row)
  takeLock(session, row)
  row.draft = value
  return true
}

export function remove<T>(session: Session, table: Table<T>, key: string | number): void {
  const row = table.rows.get(key)
  if (row === undefined) return
  takeLock(session, row)
  row.draft = null
}

/** Ends the transaction one way or the other and lets go of its locks. Answers with the rows it changed, if it committed. */
export function endTransaction(session: Session, isCommit: boolean): Row<unknown>[] {
  const changed: Row<unknown>[] = []
  for (const row of session.locked) {
    if (isCommit && row.draft !== undefined) {
      row.committed = row.draft ?? undefined
      changed.push(row)
    }
    row.draft = undefined
    row.writer = undefined
    if (row.committed === undefined) row.table.rows.delete(row.key)
  }
  session.locked.clear()
  session.isOpen = false
  session.isAborted = false
  const waiting = [...session.waiting]
  session.waiting.clear()
  for (const tell of waiting) tell()
  return changed
}

/** Whether transactions would wait for one another in a circle if this session waited for `by`. */
export function isDeadlock(session: Session, by: Session): boolean {
  for (let other: Session | undefined = by; other !== undefined; other = other.waitsFor) {
    if (other === session) return true
  }
  return false
}

function takeLock<T>(session: Session, row: Row<T>): void {
  if (row.writer === session) return
  if (row.writer !== undefined) throw new Blocked(row.writer)
  row.writer = session
  session.locked.add(row)
}
