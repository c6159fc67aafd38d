import { useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { m } from '../paraglide/messages.js'
import { tellRefusal } from '../text/refusals.ts'

/** What follows every change of an endpoint or a delivery: it is told, and the lists are read again. */
export function useWebhookChange() {
  const queries = useQueryClient()
  return {
    onSuccess: () => {
      toast.success(m.done())
    },
    onError: (error: unknown) => toast.error(tellRefusal(refusalOf(error))),
    onSettled: () => queries.invalidateQueries(api.webhooks.pathFilter()),
  }
}
