import type { Account } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { isRefusal, refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { tellRefusal } from '../text/refusals.ts'
import { keepMe } from './me.ts'
import { readForm } from './read-form.ts'

/** The name that tickets bear. */
export function NameForm({ me }: { me: Account }) {
  const update = useMutation(
    api.accounts.updateMe.mutationOptions({
      onSuccess: (account) => {
        keepMe(account)
        toast.success(m.name_saved())
      },
      onError: (error) => {
        if (!isRefusal(error, 'BAD_INPUT')) toast.error(tellRefusal(refusalOf(error)))
      },
    }),
  )
  return (
    <form
      className="flex flex-wrap items-start gap-3 px-5 py-5 sm:px-6"
      onSubmit={(event) => {
        event.preventDefault()
        update.mutate({ name: readForm(event.currentTarget)('name') })
      }}
    >
      <TextField
        className="min-w-0 flex-1 basis-56"
        label={m.name()}
        name="name"
        autoComplete="name"
        defaultValue={me.name}
        maxLength={80}
        required
        hint={m.name_hint()}
        error={isRefusal(update.error, 'BAD_INPUT') ? m.name_fault() : undefined}
      />
      <Button type="submit" tone="outline" className="mt-6.5 min-h-12" busy={update.isPending}>
        {m.save()}
      </Button>
    </form>
  )
}
