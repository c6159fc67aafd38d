import { useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { m } from '../paraglide/messages.js'

/** What follows every change of an endpoint or a delivery: the lists are read again, and it is told; a refusal is told in the dialog, which stays. */
export function useWebhookChange(onDone: () => void) {
  const queries = useQueryClient()
  return {
    onSuccess: () => {
      onDone()
      toast.success(m.done())
    },
    onSettled: () => queries.invalidateQueries(api.webhooks.pathFilter()),
  }
}
