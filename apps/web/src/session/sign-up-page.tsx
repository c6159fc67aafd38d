import type { WireError } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { TextField } from '../design/text-field.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { currentLocale } from '../text/locale.ts'
import { tellRefusal } from '../text/refusals.ts'
import { becomeFan } from './me.ts'
import { readForm } from './read-form.ts'
import { SessionFrame } from './session-frame.tsx'

const route = getRouteApi('/sign-up')

export function SignUpPage() {
  useTitle(m.sign_up())
  const { to } = route.useSearch()
  const { history } = useRouter()
  const signUp = useMutation(
    api.accounts.signUp.mutationOptions({
      onSuccess: ({ account }) => {
        becomeFan(account)
        history.replace(to ?? '/')
      },
    }),
  )
  const refusal = refusalOf(signUp.error)
  const faultOf = faultsByField(refusal)
  const isAtField = refusal?.code === 'EMAIL_TAKEN' || Object.keys(faultOf).length > 0
  return (
    <SessionFrame
      title={m.sign_up_title()}
      other={{ question: m.have_account(), path: '/sign-in', name: m.sign_in(), returnTo: to }}
    >
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          const form = readForm(event.currentTarget)
          signUp.mutate({
            email: form('email'),
            name: form('name'),
            password: form('password'),
            locale: currentLocale(),
          })
        }}
      >
        {signUp.isError && !isAtField && <Notice tone="bad">{tellRefusal(refusal)}</Notice>}
        <TextField
          label={m.name()}
          name="name"
          autoComplete="name"
          maxLength={80}
          required
          hint={m.name_hint()}
          error={faultOf['name'] === undefined ? undefined : m.name_fault()}
        />
        <TextField
          label={m.email()}
          name="email"
          type="email"
          autoComplete="username"
          required
          error={emailFault(refusal, faultOf['email'])}
        />
        <TextField
          label={m.password()}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          required
          hint={m.password_hint()}
          error={faultOf['password'] === undefined ? undefined : m.password_hint()}
        />
        <Button type="submit" size="lg" busy={signUp.isPending}>
          {m.sign_up()}
        </Button>
      </form>
    </SessionFrame>
  )
}

/** The server's faults by the name of the field they are about. */
function faultsByField(refusal: WireError | undefined): Record<string, string> {
  if (refusal?.code !== 'BAD_INPUT') return {}
  return Object.fromEntries(refusal.details.faults.map((fault) => [fault.path, fault.message]))
}

function emailFault(refusal: WireError | undefined, fault: string | undefined): string | undefined {
  if (refusal?.code === 'EMAIL_TAKEN') return tellRefusal(refusal)
  return fault === undefined ? undefined : m.email_fault()
}
