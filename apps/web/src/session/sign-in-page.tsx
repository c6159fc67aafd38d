import { useMutation } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { TextField } from '../design/text-field.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { changeLocale } from '../text/locale.ts'
import { tellRefusal } from '../text/refusals.ts'
import { becomeFan } from './me.ts'
import { readForm } from './read-form.ts'
import { SessionFrame } from './session-frame.tsx'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  useTitle(m.sign_in())
  const { to } = route.useSearch()
  const { history } = useRouter()
  const signIn = useMutation(
    api.accounts.signIn.mutationOptions({
      onSuccess: ({ account }) => {
        becomeFan(account)
        changeLocale(account.locale)
        history.replace(to ?? '/')
      },
    }),
  )
  return (
    <SessionFrame
      title={m.sign_in_title()}
      other={{ question: m.no_account_yet(), path: '/sign-up', name: m.sign_up(), returnTo: to }}
    >
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          const form = readForm(event.currentTarget)
          signIn.mutate({ email: form('email'), password: form('password') })
        }}
      >
        {signIn.isError && <Notice tone="bad">{tellRefusal(refusalOf(signIn.error))}</Notice>}
        <TextField label={m.email()} name="email" type="email" autoComplete="username" required />
        <TextField
          label={m.password()}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Button type="submit" size="lg" busy={signIn.isPending}>
          {m.sign_in()}
        </Button>
      </form>
    </SessionFrame>
  )
}
