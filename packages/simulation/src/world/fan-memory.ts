import { accountId, concertId, type DomainError, type Entry } from '@greenroom/contract'
import { readPass, readReceipt } from '@greenroom/core/rules'
import type { World } from './world.ts'

/** One account, whatever the number of its devices: they share what is kept in the browser. */
export type Fan = {
  fanId: number
  receipt: string | undefined
  pass: string | undefined
  /** Receipts of the past: a fan may keep anything. */
  oldReceipts: string[]
  held: number[]
  paid: number[]
  keys: number
  /** What was done once for each key, as it was told: a repeat must tell the same. */
  replies: Map<string, string>
}

export function createFan(fanId: number): Fan {
  return {
    fanId,
    receipt: undefined,
    pass: undefined,
    oldReceipts: [],
    held: [],
    paid: [],
    keys: 0,
    replies: new Map(),
  }
}

export function keep(world: World, fan: Fan, entry: Entry, askedAtMs: number): void {
  const { witness, scheduler } = world
  const deps = world.template
  if (entry.state === 'none') return
  const bearer = bearerOf(world, fan)
  const place =
    entry.state === 'waiting' ? readReceipt(deps, bearer, entry.receipt) : readPass(deps, bearer, entry.pass)
  witness.places.noteTold(fan.fanId, place, askedAtMs, scheduler.nowMs())
  if (entry.state === 'waiting') {
    fan.receipt = entry.receipt
    fan.oldReceipts.push(entry.receipt)
    fan.pass = undefined
  } else fan.pass = entry.pass
}

/** What the fan shows: mostly what is at hand, now and then something old, or nothing because the storage was cleared. */
export function shownBy({ scheduler: { random } }: World, fan: Fan): { receipt?: string; pass?: string } {
  if (random.chance(0.1)) return {}
  if (random.chance(0.1) && fan.oldReceipts.length > 0) return { receipt: random.pick(fan.oldReceipts) }
  return {
    ...(fan.receipt === undefined ? {} : { receipt: fan.receipt }),
    ...(fan.pass === undefined ? {} : { pass: fan.pass }),
  }
}

export function forget(fan: Fan): void {
  fan.receipt = undefined
  fan.pass = undefined
}

export function isTokenRefusal(error: DomainError): boolean {
  return error.code === 'RECEIPT_REFUSED' || error.code === 'PASS_REFUSED'
}

export function nextKey(fan: Fan, command: string): string {
  fan.keys += 1
  return `${command}:${fan.fanId}:${fan.keys}`.padEnd(8, '-')
}

export function bearerOf({ settings }: World, fan: Fan) {
  return { concertId: concertId.parse(settings.concertId), fanId: accountId.parse(fan.fanId) }
}
