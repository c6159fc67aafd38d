import type { Locale } from '@greenroom/contract'
import { UserRound } from 'lucide-react'
import { Logo } from '../app/logo.tsx'
import { buttonLook } from '../design/button.tsx'
import { useFirstPaintOver } from '../design/use-first-paint-over.ts'
import { m } from '../paraglide/messages.js'
import { changeLocale, currentLocale } from '../text/locale.ts'
import { saveLocale } from '../text/save-locale.ts'
import { lineClient } from './line-client.ts'
import { useAction } from './use-action.ts'

const linkLook = 'rounded-control px-3 py-2 text-[0.9375rem] font-medium text-soft hover:text-ink'

/** The way to the other pages, and the language. */
export function LineHeader({ locale }: { locale: Locale }) {
  const other = locale === 'ko' ? 'en' : 'ko'
  const saving = useAction(() =>
    saveLocale(currentLocale, (next) => lineClient.api.accounts.updateMe.mutate({ locale: next })),
  )
  useFirstPaintOver()
  return (
    <header className="sticky top-0 z-30 border-b border-rule/50 bg-ground/88 backdrop-blur-md">
      <div className="page flex h-15 items-center gap-1 sm:gap-2">
        <a href="/" className="mr-auto md:mr-4" aria-label={m.nav_home()}>
          <Logo />
        </a>
        <nav aria-label={m.nav_label()} className="mr-auto hidden items-center md:flex">
          <a href="/" className={linkLook}>
            {m.nav_concerts()}
          </a>
          <a href="/reservations" className={linkLook}>
            {m.nav_reservations()}
          </a>
          <a href="/tickets" className={linkLook}>
            {m.nav_tickets()}
          </a>
        </nav>
        <button
          type="button"
          lang={other}
          onClick={() => {
            changeLocale(other)
            // the account speaks it too: on the next device, in mails
            saving.run()
          }}
          className={`${buttonLook({ tone: 'quiet', size: 'sm' })} w-16`}
        >
          {other === 'ko' ? '한국어' : 'English'}
        </button>
        <a
          href="/profile"
          aria-label={m.nav_profile()}
          className="grid size-9 place-items-center rounded-full bg-raised text-soft ring-rule hover:text-ink hover:ring-2"
        >
          <UserRound aria-hidden="true" className="size-5" />
        </a>
      </div>
      <output className="page block text-sm">
        {saving.failure !== undefined && <span className="block pb-3">{m.locale_not_saved()}</span>}
      </output>
    </header>
  )
}
