import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { tellRefusal } from '../text/refusals.ts'
import { becomeFan } from './me.ts'

/** Ends the session, forgets what was read, and leads to the front page. */
export function useSignOut() {
  const navigate = useNavigate()
  return useMutation(
    api.accounts.signOut.mutationOptions({
      onSuccess: () => {
        becomeFan(null)
        void navigate({ to: '/' })
      },
      onError: (error) => toast.error(tellRefusal(refusalOf(error))),
    }),
  )
}
