import type { SocketMessage } from './socket-message.ts'

/** What one socket asked for and was not answered yet, by the ids that it chose. */
type CallsUnderWay = {
  /** False when its id is in use: the answers to both would have one name, and the first to end would end both here. */
  begin: (message: SocketMessage) => boolean
  end: (answer: unknown) => { isRefusal: boolean }
  count: () => { calls: number; subscriptions: number }
}

/**
 * A call is under way until it is answered, a subscription until tRPC answers that it stopped or failed. That the client asked for its
 * end says nothing: tRPC ends no subscription that it is still beginning, and begins it all the same.
 */
export function createCallsUnderWay(): CallsUnderWay {
  const methods = new Map<unknown, SocketMessage['method']>()
  let subscriptions = 0
  return {
    begin: ({ id, method }) => {
      if (method === 'subscription.stop') return true
      if (methods.has(id)) return false
      methods.set(id, method)
      if (method === 'subscription') subscriptions += 1
      return true
    },
    end: (answer) => {
      if (!isAnswer(answer)) return { isRefusal: false }
      const isRefusal = answer.error !== undefined
      const method = methods.get(answer.id)
      const isOver = method !== 'subscription' || isRefusal || answer.result?.type === 'stopped'
      if (isOver && methods.delete(answer.id) && method === 'subscription') subscriptions -= 1
      return { isRefusal }
    },
    count: () => ({ calls: methods.size - subscriptions, subscriptions }),
  }
}

function isAnswer(value: unknown): value is { id: unknown; error?: unknown; result?: { type?: unknown } } {
  return typeof value === 'object' && value !== null && 'id' in value
}
