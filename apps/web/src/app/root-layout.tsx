import { Outlet, useMatches } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { m } from '../paraglide/messages.js'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { OfflineBanner } from './offline-banner.tsx'

const Toasts = lazy(async () => ({ default: (await import('../design/toasts.tsx')).Toasts }))

/** The frame of every page. A page that fills the window (the seat map) has no footer. */
export function RootLayout() {
  const fillsWindow = useMatches().some((match) => match.staticData.fillsWindow === true)
  return (
    <>
      <a
        href="#main"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-control bg-lamp px-4 py-2 font-semibold text-lamp-ink focus:translate-y-0"
      >
        {m.skip_to_content()}
      </a>
      <div className={fillsWindow ? 'flex h-dvh flex-col' : 'flex min-h-dvh flex-col'}>
        <OfflineBanner />
        <Header />
        <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
          <Outlet />
        </main>
        {!fillsWindow && <Footer />}
      </div>
      <Suspense>
        <Toasts />
      </Suspense>
    </>
  )
}
