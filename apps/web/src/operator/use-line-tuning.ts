import type { ConcertId, LineTuning } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { changeFrom } from './changed-parts.ts'
import { tellChangeFailure } from './tell-change-failure.ts'
import { useFormBase } from './use-form-base.ts'
import { useSaleChange } from './use-sale-change.ts'

/**
 * A form of some of a line's settings: what its fields have, what was asked for in it, and the question before that is sent. Only
 * what was changed is sent, with what it was.
 */
export function useLineTuning<Wish extends LineTuning>(concertId: ConcertId, shown: Wish) {
  const form = useFormBase(shown)
  const [asked, setAsked] = useState<{ wish: Wish; change: Partial<Wish>; from: Partial<Wish> }>()
  const tune = useMutation(
    api.operator.tuneLine.mutationOptions(
      useSaleChange(() => {
        if (asked !== undefined) form.noteSent(asked.wish)
        setAsked(undefined)
      }),
    ),
  )
  return {
    form,
    asked,
    ask: (wish: Wish): void => {
      tune.reset()
      setAsked({ wish, ...changeFrom(wish, { ...form, shown }) })
    },
    question: {
      open: asked !== undefined,
      onOpenChange: (isOpen: boolean): void => {
        if (!isOpen) setAsked(undefined)
      },
      busy: tune.isPending,
      failure: tellChangeFailure(tune.error),
      onConfirm: (): void => {
        if (asked !== undefined) tune.mutate({ concertId, ...asked.change, from: asked.from })
      },
    },
  }
}
