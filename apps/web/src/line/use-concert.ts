import type { ConcertId, ConcertPage } from '@greenroom/contract'
import { retryHintMs } from '@greenroom/client'
import { useEffect, useState } from 'react'
import { lineClient } from './line-client.ts'

/** A crowd whose question failed comes back spread over this long. */
const againMinMs = 2_000
const againSpreadMs = 6_000

/** What the concert is: asked until it is known. A refusal by rule ends that; the line says the same and why. */
export function useConcert(concertId: ConcertId): ConcertPage | undefined {
  const [concert, setConcert] = useState<ConcertPage>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const ask = (): void => {
      lineClient.api.catalogue.concert.query({ concertId }).then(
        (answer) => !isOver && setConcert(answer),
        (error: unknown) => {
          const hintMs = retryHintMs(error)
          if (isOver || hintMs === undefined) return
          timer = setTimeout(ask, hintMs + againMinMs + Math.random() * againSpreadMs)
        },
      )
    }
    ask()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [concertId])
  return concert
}
