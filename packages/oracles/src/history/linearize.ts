/** One call on one object: it took effect at one moment between its start and its end. */
export type Interval = {
  startMs: number
  /** `Infinity` when no answer came. */
  endMs: number
  /** False: it may also never have had its effect. */
  mustHappen: boolean
}

export type Register<State, Op> = {
  first: State
  /** The state after `op`, `undefined` when it cannot have happened in this state. */
  apply: (state: State, op: Op) => State | undefined
  /** A call that changes nothing, whatever the state. */
  isRead: (op: Op) => boolean
  /** Equal texts: equal states. */
  keyOf: (state: State) => string
}

export type Order<Op> =
  | { kind: 'linear' }
  /** No order explains all of it. `placed`: the longest beginning that one does; `stuck`: what could have come next. */
  | { kind: 'none'; placed: Op[]; stuck: Op[] }
  /** Too many orders to try them all. */
  | { kind: 'undecided'; steps: number }

/**
 * Whether the calls can be put in one order that the object explains, each at a moment between its start and its end: the
 * search of Wing and Gong, which never looks twice at the same rest in the same state (Lowe). A read is placed as soon as
 * it fits, since that takes no order away; so many readers at once cost nothing.
 */
export function linearize<State, Op extends Interval>(
  calls: readonly Op[],
  object: Register<State, Op>,
  maxSteps = 200_000,
): Order<Op> {
  const ops = calls.toSorted((one, other) => one.startMs - other.startMs)
  const seen = new Set<string>()
  let deepest: { placed: number[]; stuck: number[] } = { placed: [], stuck: [] }
  let steps = 0

  const search = (from: Node<State>): Order<Op> | undefined => {
    const stack = [from]
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      steps += 1
      if (steps > maxSteps) return { kind: 'undecided', steps: maxSteps }
      const { state, placed, left } = placeReaders(node, ops, object)
      if (!left.some((at) => opAt(ops, at).mustHappen)) return { kind: 'linear' }
      const key = `${left.join()}|${object.keyOf(state)}`
      if (seen.has(key)) continue
      seen.add(key)
      const next = candidates(left, ops)
      if (placed.length >= deepest.placed.length) deepest = { placed, stuck: next }
      // the last one pushed is tried first: the one that started first, and what may never have happened last of all
      for (const at of next.toSorted((one, other) => rankOf(ops, other) - rankOf(ops, one))) {
        const after = object.apply(state, opAt(ops, at))
        if (after !== undefined)
          stack.push({ state: after, placed: [...placed, at], left: left.filter((other) => other !== at) })
      }
    }
    return undefined
  }

  const order = search({ state: object.first, placed: [], left: ops.map((_, at) => at) })
  return order ?? { kind: 'none', placed: pick(ops, deepest.placed), stuck: pick(ops, deepest.stuck) }
}

type Node<State> = { state: State; placed: number[]; left: number[] }

function placeReaders<State, Op extends Interval>(
  node: Node<State>,
  ops: readonly Op[],
  object: Register<State, Op>,
): Node<State> {
  let { placed, left } = node
  for (;;) {
    const readers = candidates(left, ops).filter(
      (at) => object.isRead(opAt(ops, at)) && object.apply(node.state, opAt(ops, at)) !== undefined,
    )
    if (readers.length === 0) return { state: node.state, placed, left }
    placed = [...placed, ...readers]
    left = left.filter((at) => !readers.includes(at))
  }
}

/** Calls that no other one ended before: any of them may be next. */
function candidates(left: readonly number[], ops: readonly Interval[]): number[] {
  const firstEndMs = left.reduce((soonest, at) => {
    const { mustHappen, endMs } = opAt(ops, at)
    return mustHappen ? Math.min(soonest, endMs) : soonest
  }, Number.POSITIVE_INFINITY)
  return left.filter((at) => opAt(ops, at).startMs <= firstEndMs)
}

function rankOf(ops: readonly Interval[], at: number): number {
  return opAt(ops, at).mustHappen ? at : at + ops.length
}

function pick<Op>(ops: readonly Op[], places: readonly number[]): Op[] {
  return places.map((at) => opAt(ops, at))
}

function opAt<Op>(ops: readonly Op[], at: number): Op {
  const op = ops[at]
  if (op === undefined) throw new RangeError(`no call ${at}`)
  return op
}
