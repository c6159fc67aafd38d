import { type ShowId, ticketKeys } from '@greenroom/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api, greenroom } from '../../data/api.ts'
import { type GateAnswer, toneOf } from './gate-answer.ts'
import { signalAnswer } from './gate-signal.ts'
import { type GateMeans, judgeCode } from './judge-code.ts'
import { useKeptScans } from './use-kept-scans.ts'

/** A camera sees one code many times a second; held out for longer it is asked about again. */
const sameCodeMs = 2_000
/** A gate's queue does not wait for a network that is hardly there. */
const longestAskMs = 4_000
const keysKey = 'greenroom:gate-keys'

export type Gate = {
  answer: GateAnswer | undefined
  /** counts the answers, so that two alike are told apart */
  nth: number
  isAsking: boolean
  isOffline: boolean
  kept: ReturnType<typeof useKeptScans>
  scan: (code: string) => void
}

/** Asks about codes one after another; the next may come while the last is asked about. `hasSound`: answers are heard and felt. */
export function useGate(showId: ShowId, hasSound: boolean): Gate {
  const queries = useQueryClient()
  const [answer, setAnswer] = useState<{ answer: GateAnswer | undefined; nth: number }>({
    answer: undefined,
    nth: 0,
  })
  const [asking, setAsking] = useState(0)
  const [isOffline, setOffline] = useState(!navigator.onLine)
  const last = useRef({ code: '', atMs: 0 })
  const turn = useRef<Promise<void>>(Promise.resolve())
  const keys = useTicketKeys()
  const kept = useKeptScans({ ask, showId }, () => setOffline(false))

  const judge = async (code: string): Promise<GateAnswer> => {
    const means = { ask, store: localStorage, keys, nowMs: Date.now() }
    const told = await judgeCode(means, { showId, code })
    if (told.isOffline !== undefined) setOffline(told.isOffline)
    if (told.isOffline === false)
      void queries.invalidateQueries(api.boxOffice.gateCount.queryFilter({ showId }))
    return told.answer
  }

  const scan = (raw: string): void => {
    const code = raw.trim().slice(0, 1_024)
    const nowMs = performance.now()
    const isSame = last.current.code === code && nowMs - last.current.atMs < sameCodeMs
    if (code === '' || isSame) {
      if (isSame) last.current.atMs = nowMs
      return
    }
    last.current = { code, atMs: nowMs }
    setAsking((count) => count + 1)
    turn.current = turn.current.then(async () => {
      const told = await judge(code)
      setAnswer(({ nth }) => ({ answer: told, nth: nth + 1 }))
      setAsking((count) => count - 1)
      if (hasSound) signalAnswer(toneOf(told))
    })
  }
  return { ...answer, isAsking: asking > 0, isOffline, kept, scan }
}

async function ask(wish: Parameters<GateMeans['ask']>[0]): ReturnType<GateMeans['ask']> {
  return await greenroom.api.boxOffice.scan.mutate(wish, { signal: AbortSignal.timeout(longestAskMs) })
}

/** The public keys that codes are signed with, kept on the device for when there is no network. */
function useTicketKeys(): readonly Record<string, unknown>[] {
  const asked = useQuery({ ...api.tickets.keys.queryOptions(), staleTime: Number.POSITIVE_INFINITY }).data
  useEffect(() => {
    if (asked !== undefined) localStorage.setItem(keysKey, JSON.stringify(asked.keys))
  }, [asked])
  if (asked !== undefined) return asked.keys
  const kept = ticketKeys.shape.keys.safeParse(JSON.parse(localStorage.getItem(keysKey) ?? '[]'))
  return kept.success ? kept.data : []
}
