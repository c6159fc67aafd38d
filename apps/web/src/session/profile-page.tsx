import { locale as localeSchema } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { classNames } from '../design/class-names.ts'
import { Panel } from '../design/panel.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { changeLocale, useLocale } from '../text/locale.ts'
import { tellRefusal } from '../text/refusals.ts'
import { useMe } from './me.ts'

const languageNames = { ko: '한국어', en: 'English' }

export function ProfilePage() {
  useTitle(m.nav_profile())
  const me = useMe()
  const locale = useLocale()
  const update = useMutation(
    api.accounts.updateMe.mutationOptions({
      onError: (error) => toast.error(tellRefusal(refusalOf(error))),
    }),
  )
  return (
    <div className="page max-w-2xl py-10">
      <h1 className="text-3xl">{m.nav_profile()}</h1>
      <Panel className="mt-8 divide-y divide-rule/60">
        <Row label={m.name()}>{me?.name}</Row>
        <Row label={m.email()}>{me?.email}</Row>
        <Row label={m.language()}>
          <fieldset aria-label={m.language()} className="flex rounded-control bg-raised p-1">
            {localeSchema.options.map((each) => (
              <button
                key={each}
                type="button"
                lang={each}
                aria-pressed={each === locale}
                onClick={() => {
                  changeLocale(each)
                  update.mutate({ locale: each })
                }}
                className={classNames(
                  'min-h-9 flex-1 rounded-md px-4 font-medium',
                  each === locale ? 'bg-surface text-ink shadow-sm' : 'text-soft hover:text-ink',
                )}
              >
                {languageNames[each]}
              </button>
            ))}
          </fieldset>
        </Row>
      </Panel>
    </div>
  )
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex min-h-16 flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-3">
      <span className="text-soft">{label}</span>
      <span className="font-semibold">{children}</span>
    </div>
  )
}
