import { useMutation } from '@tanstack/react-query'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { isRefusal, refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { tellRefusal } from '../text/refusals.ts'
import { readForm } from './read-form.ts'

/** A new password for who knows the current one; other devices are signed out by it. */
export function PasswordForm({ email }: { email: string }) {
  const change = useMutation(
    api.accounts.changePassword.mutationOptions({
      onSuccess: () => toast.success(m.password_changed()),
      onError: (error) => {
        if (!isRefusal(error, 'WRONG_CREDENTIALS')) toast.error(tellRefusal(refusalOf(error)))
      },
    }),
  )
  return (
    <form
      aria-labelledby="password-title"
      className="grid gap-4 px-5 py-5 sm:px-6"
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        const field = readForm(form)
        change.mutate(
          { currentPassword: field('currentPassword'), newPassword: field('newPassword') },
          { onSuccess: () => form.reset() },
        )
      }}
    >
      <div>
        <h2 id="password-title" className="text-lg">
          {m.password_change()}
        </h2>
        <p className="text-sm text-faint">{m.password_change_text()}</p>
      </div>
      {/* whose password a manager is to keep */}
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <TextField
        label={m.password_current()}
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        required
        error={isRefusal(change.error, 'WRONG_CREDENTIALS') ? m.password_wrong() : undefined}
      />
      <TextField
        label={m.password_new()}
        name="newPassword"
        type="password"
        autoComplete="new-password"
        minLength={8}
        maxLength={200}
        required
        hint={m.password_hint()}
      />
      <Button type="submit" tone="outline" className="justify-self-start" busy={change.isPending}>
        {m.password_change()}
      </Button>
    </form>
  )
}
