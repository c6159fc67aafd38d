import type { ConcertId, ConcertPage } from '@greenroom/contract'
import { retryHintMs } from '@greenroom/client'
import { useEffect, useState } from 'react'
import { lineClient } from './line-client.ts'

/** A crowd whose question failed comes back spread over this long. */
const againMinMs = 2_000
const againSpreadMs = 6_000

/** How old the seats left of a date may be for who chooses one. */
const freshMs = 10_000

/**
 * What the concert is: asked until it is known, and every 10 s while the fan chooses a date. A refusal by rule ends that; the
 * line says the same and why.
 */
export function useConcert(concertId: ConcertId, isChoosing: boolean): ConcertPage | undefined {
  const [concert, setConcert] = useState<ConcertPage>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const ask = (): void => {
      lineClient.api.catalogue.concert.query({ concertId }).then(
        (answer) => {
          if (isOver) return
          setConcert(answer)
          if (isChoosing) timer = setTimeout(ask, freshMs)
        },
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
  }, [concertId, isChoosing])
  return concert
}
