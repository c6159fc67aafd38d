import { locale as localeSchema } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { toast } from 'sonner'
import { ThemeChoice } from '../app/theme-choice.tsx'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { Panel } from '../design/panel.tsx'
import { Segments } from '../design/segments.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { changeLocale, useLocale } from '../text/locale.ts'
import { tellRefusal } from '../text/refusals.ts'
import { DevicesPanel } from './devices-panel.tsx'
import { useMe } from './me.ts'
import { NameForm } from './name-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { useSignOut } from './use-sign-out.ts'

const languageNames = { ko: '한국어', en: 'English' }

/** Who one is here, and how the pages speak and look. */
export function ProfilePage() {
  useTitle(m.nav_profile())
  const me = useMe()
  const signOut = useSignOut()
  return (
    <div className="page max-w-2xl py-10">
      <h1 className="text-3xl">{m.nav_profile()}</h1>
      <Panel className="mt-8 divide-y divide-rule/60">
        <dl>
          <Row term={m.email()}>{me?.email}</Row>
        </dl>
        {me && <NameForm key={me.accountId} me={me} />}
      </Panel>
      <Panel className="mt-5">
        <dl className="divide-y divide-rule/60">
          <Row term={m.language()} hint={m.language_hint()}>
            <LanguageChoice />
          </Row>
          <Row term={m.theme_label()} hint={m.theme_hint()}>
            <ThemeChoice />
          </Row>
        </dl>
      </Panel>
      {me && (
        <Panel className="mt-5">
          <PasswordForm email={me.email} />
        </Panel>
      )}
      {me && (
        <Panel className="mt-5">
          <DevicesPanel />
        </Panel>
      )}
      <Button tone="outline" className="mt-8" busy={signOut.isPending} onClick={() => signOut.mutate()}>
        {m.sign_out()}
      </Button>
    </div>
  )
}

/** The pages speak it at once; mails, and other devices, with the account. */
function LanguageChoice() {
  const locale = useLocale()
  const update = useMutation(
    api.accounts.updateMe.mutationOptions({
      onError: (error) => toast.error(tellRefusal(refusalOf(error))),
    }),
  )
  return (
    <Segments
      label={m.language()}
      options={localeSchema.options.map((value) => ({ value, name: languageNames[value], lang: value }))}
      chosen={locale}
      onChoose={(next) => {
        changeLocale(next)
        update.mutate({ locale: next })
      }}
    />
  )
}

function Row({ term, hint, children }: { term: string; hint?: string; children: ReactNode }) {
  return (
    <div className="flex min-h-18 flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-3 sm:px-6">
      <dt className="min-w-0">
        {term}
        {hint !== undefined && <span className="block text-sm text-faint">{hint}</span>}
      </dt>
      <dd className="min-h-6 min-w-0 font-semibold">{children}</dd>
    </div>
  )
}
