import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Account } from '@greenroom/contract'
import { lazy, Suspense } from 'react'
import { greenroom } from '../data/api.ts'
import { m } from '../paraglide/messages.js'
import { readMe, useMe } from '../session/me.ts'
import { changeLocale, currentLocale, useLocale } from '../text/locale.ts'
import { saveLocale } from '../text/save-locale.ts'
import { tellToast } from '../design/tell-toast.ts'
import { buttonLook } from '../design/button.tsx'
import { useFirstPaintOver } from '../design/use-first-paint-over.ts'
import { Logo } from './logo.tsx'
import { useManifest } from './use-manifest.ts'
import { WalletChip } from './wallet-chip.tsx'

/** The menu's code is for those who are signed in; the front page does not wait for it. */
const AccountMenu = lazy(async () => ({ default: (await import('./account-menu.tsx')).AccountMenu }))

export function Header() {
  const me = useMe()
  useFirstPaintOver()
  useManifest()
  return (
    <header
      data-print="no"
      className="sticky top-0 z-30 border-b border-rule/50 bg-ground/88 backdrop-blur-md"
    >
      <div className="page flex h-15 items-center gap-1 sm:gap-2">
        <Link to="/" className="mr-auto md:mr-4" aria-label={m.nav_home()}>
          <Logo />
        </Link>
        <nav aria-label={m.nav_label()} className="mr-auto hidden items-center md:flex">
          <NavLink to="/">{m.nav_concerts()}</NavLink>
          {me && (
            <>
              <NavLink to="/reservations">{m.nav_reservations()}</NavLink>
              <NavLink to="/tickets">{m.nav_tickets()}</NavLink>
            </>
          )}
        </nav>
        {me && <WalletChip />}
        <LocaleButton />
        <AccountPlace me={me} />
      </div>
    </header>
  )
}

function NavLink({ to, children }: { to: '/' | '/reservations' | '/tickets'; children: string }) {
  return (
    <Link
      to={to}
      className="rounded-control px-3 py-2 text-[0.9375rem] font-medium text-soft hover:text-ink data-[status=active]:text-ink"
      activeOptions={{ exact: to === '/' }}
    >
      {children}
    </Link>
  )
}

/** Offers the other language, named in itself. A fan's choice goes with the account: to the next device, and mails. */
function LocaleButton() {
  const save = useMutation({
    // who pressed before the page knew who they are means it as well
    mutationFn: async () => {
      if ((await readMe()) === null) return
      await saveLocale(currentLocale, (locale) => greenroom.api.accounts.updateMe.mutate({ locale }))
    },
    onError: () => tellToast(m.locale_not_saved()),
  })
  const other = useLocale() === 'ko' ? 'en' : 'ko'
  return (
    <button
      type="button"
      lang={other}
      onClick={() => {
        changeLocale(other)
        save.mutate()
      }}
      className={`${buttonLook({ tone: 'quiet', size: 'sm' })} w-16`}
    >
      {other === 'ko' ? '한국어' : 'English'}
    </button>
  )
}

function AccountPlace({ me }: { me: Account | null | undefined }) {
  if (me === undefined) return <span className="w-20" />
  if (me === null)
    return (
      <Link to="/sign-in" className={buttonLook({ tone: 'outline', size: 'sm' })}>
        {m.sign_in()}
      </Link>
    )
  return (
    <Suspense fallback={<span className="size-9 rounded-full bg-raised" />}>
      <AccountMenu me={me} />
    </Suspense>
  )
}
