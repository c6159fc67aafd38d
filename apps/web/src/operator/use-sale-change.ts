import { useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { m } from '../paraglide/messages.js'

/** What follows a change of a sale, be it done or refused; a refusal is told in the dialog, which stays. */
export function useSaleChange(onDone: () => void) {
  const queries = useQueryClient()
  return {
    onSuccess: () => {
      onDone()
      toast.success(m.done())
    },
    onSettled: async () => {
      await Promise.all([
        queries.invalidateQueries(api.operator.pathFilter()),
        queries.invalidateQueries(api.sales.live.pathFilter()),
      ])
    },
  }
}
