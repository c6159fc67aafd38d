import type { ConcertId, LineTuning } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { tellFailure } from '../text/tell-failure.ts'
import { useFormBase } from './use-form-base.ts'
import { useSaleChange } from './use-sale-change.ts'

/** A form of some of a line's settings: what its fields have, what was asked for in it, and the question before that is sent. */
export function useLineTuning<Wish extends LineTuning>(concertId: ConcertId, shown: Wish) {
  const form = useFormBase(shown)
  const [asked, setAsked] = useState<Wish>()
  const tune = useMutation(
    api.operator.tuneLine.mutationOptions(
      useSaleChange(() => {
        if (asked !== undefined) form.noteSent(asked)
        setAsked(undefined)
      }),
    ),
  )
  return {
    form,
    asked,
    ask: (wish: Wish): void => {
      tune.reset()
      setAsked(wish)
    },
    question: {
      open: asked !== undefined,
      onOpenChange: (isOpen: boolean): void => {
        if (!isOpen) setAsked(undefined)
      },
      busy: tune.isPending,
      failure: tellFailure(tune.error),
      onConfirm: (): void => {
        if (asked !== undefined) tune.mutate({ concertId, ...asked })
      },
    },
  }
}
