import { createRandom, type Random } from './random.ts'

/** Whose step it is: a process that can die, or `undefined` for what no process can take with it. */
export type Actor = { readonly name: string; isAlive: boolean }

type Step = { actor: Actor | undefined; label: string; run: () => void }

type Timer = { dueMs: number; turn: number; step: Step; isOff: boolean }

/**
 * Time and order of a run. Steps that could happen now are taken in an order that the seed decides; time is what the
 * steps took, and jumps to the next timer when nothing else is left to do.
 */
export type Scheduler = {
  random: Random
  /** Virtual milliseconds since 1970, with fractions; grows with every step. */
  nowMs: () => number
  /** Whose step runs now, its promises included. */
  current: () => Actor | undefined
  /** Something that happens once, at any moment from `delayMs` on. The returned function calls it off. */
  post: (actor: Actor | undefined, label: string, run: () => void, delayMs?: number) => () => void
  /** Takes away what a process had still to do, timers included, and answers with the steps that could have come next. */
  takeStepsOf: (actor: Actor) => Step[]
  /** What a process could do now it does later: it was stopped, or its machine was slow. */
  delay: (actor: Actor, ms: number) => void
  /** Runs until `isOver` says so, or nothing is left. `before` is asked before each step. */
  run: (isOver: () => boolean, before: () => void) => Promise<void>
  steps: () => number
  /** Steps that did something: all but the ends of pauses. */
  operations: () => number
  /** One number that depends on every step so far and on their order. */
  fingerprint: () => number
  /** The last steps, oldest first. */
  lastSteps: () => string[]
}

/** What a step is called that only ends a wait. */
export const pauseLabel = 'a pause ends'

const keptSteps = 80
const startMs = 1_800_000_000_000
/** How long a step may take at most: what is under way at the same time overlaps. */
const stepMs = 2

export function createScheduler(seed: number): Scheduler {
  const random = createRandom(seed)
  const ready: Step[] = []
  const timers = createTimers()
  const last: string[] = []
  const labelIds = new Map<string, number>()
  let timeMs = startMs
  let actor: Actor | undefined
  let count = 0
  let idle = 0
  let hash = 0x811c9dc5

  const note = (step: Step): void => {
    count += 1
    if (step.label === pauseLabel) idle += 1
    const label = step.actor === undefined ? step.label : `${step.actor.name}: ${step.label}`
    const id = labelIds.get(label) ?? labelIds.size
    labelIds.set(label, id)
    hash = Math.imul(hash ^ id, 0x01000193)
    hash = Math.imul(hash ^ Math.floor(timeMs * 16), 0x01000193)
    last[count % keptSteps] = label
  }
  const takeStep = (): Step | undefined => {
    timeMs += random.next() * stepMs
    if (ready.length === 0) timeMs = Math.max(timeMs, timers.nextDueMs() ?? timeMs)
    for (let due = timers.takeDue(timeMs); due !== undefined; due = timers.takeDue(timeMs)) ready.push(due)
    const at = random.below(ready.length)
    const step = ready[at]
    const end = ready.pop()
    if (step !== end && end !== undefined) ready[at] = end
    return step
  }

  return {
    random,
    nowMs: () => timeMs,
    current: () => actor,
    post: (of, label, run, delayMs = 0) => {
      const step = { actor: of, label, run }
      if (of?.isAlive === false) return () => undefined
      if (delayMs > 0) return timers.add(timeMs + delayMs, step)
      ready.push(step)
      return () => {
        const at = ready.indexOf(step)
        if (at >= 0) ready.splice(at, 1)
      }
    },
    takeStepsOf: (of) => {
      timers.dropOf(of)
      const taken = ready.filter((step) => step.actor === of)
      const rest = ready.filter((step) => step.actor !== of)
      ready.splice(0, ready.length, ...rest)
      return taken
    },
    delay: (of, ms) => {
      for (const step of ready.filter((each) => each.actor === of)) {
        ready.splice(ready.indexOf(step), 1)
        timers.add(timeMs + ms, step)
      }
    },
    run: (isOver, before) =>
      new Promise((resolve, reject) => {
        const turn = (): void => {
          try {
            before()
            const step = isOver() ? undefined : takeStep()
            if (step === undefined) {
              resolve()
              return
            }
            note(step)
            actor = step.actor
            step.run()
          } catch (error) {
            reject(error)
            return
          }
          // every promise that this step settled is followed to its end before the next step is chosen
          realSetImmediate(turn)
        }
        realSetImmediate(turn)
      }),
    steps: () => count,
    operations: () => count - idle,
    fingerprint: () => hash >>> 0,
    lastSteps: () =>
      Array.from(
        { length: Math.min(count, keptSteps) },
        (_none, at) => last[(count - Math.min(count, keptSteps) + 1 + at) % keptSteps] ?? '',
      ),
  }
}

/** Kept before `virtual-time.ts` puts virtual timers in its place. */
const realSetImmediate = setImmediate

/** A heap by due time; what is due at the same time comes in the order in which it was asked for. */
function createTimers() {
  const heap: Timer[] = []
  let turn = 0
  const isBefore = (one: Timer, other: Timer): boolean =>
    one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.turn < other.turn)
  const siftDown = (from: number, timer: Timer): void => {
    let at = from
    for (;;) {
      const left = heap[2 * at + 1]
      const right = heap[2 * at + 2]
      if (left === undefined) break
      const [child, smaller] =
        right !== undefined && isBefore(right, left) ? [2 * at + 2, right] : [2 * at + 1, left]
      if (!isBefore(smaller, timer)) break
      heap[at] = smaller
      at = child
    }
    heap[at] = timer
  }
  const takeFirst = (): Timer | undefined => {
    const first = heap[0]
    const end = heap.pop()
    if (end !== undefined && end !== first) siftDown(0, end)
    return first
  }
  const dropOff = (): void => {
    while (heap[0]?.isOff === true) takeFirst()
  }
  return {
    add: (dueMs: number, step: Step): (() => void) => {
      const timer = { dueMs, turn: turn++, step, isOff: false }
      let at = heap.length
      heap.push(timer)
      for (let up = (at - 1) >> 1; at > 0; up = (at - 1) >> 1) {
        const parent = heap[up]
        if (parent === undefined || !isBefore(timer, parent)) break
        heap[at] = parent
        at = up
      }
      heap[at] = timer
      return () => {
        timer.isOff = true
      }
    },
    nextDueMs: (): number | undefined => {
      dropOff()
      return heap[0]?.dueMs
    },
    takeDue: (nowMs: number): Step | undefined => {
      dropOff()
      const first = heap[0]
      return first === undefined || first.dueMs > nowMs ? undefined : takeFirst()?.step
    },
    dropOf: (actor: Actor): void => {
      for (const timer of heap) if (timer.step.actor === actor) timer.isOff = true
    },
  }
}
