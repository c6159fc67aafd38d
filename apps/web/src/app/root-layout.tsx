import { Outlet, useLocation, useMatches } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'
import { useLocale } from '../text/locale.ts'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { OfflineBanner } from './offline-banner.tsx'

const Toasts = lazy(async () => ({ default: (await import('../design/toasts.tsx')).Toasts }))

/** The frame of every page. A page that fills the window (the seat map) has no footer. */
export function RootLayout() {
  useLocale()
  const fillsWindow = useMatches().some((match) => match.staticData.fillsWindow === true)
  const main = useMainFocus()
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
        <main
          ref={main}
          id="main"
          tabIndex={-1}
          className={classNames(
            'flex flex-1 flex-col outline-none',
            // a page that is still short does not show the footer only to push it away
            fillsWindow ? 'min-h-0' : 'min-h-[calc(100dvh-3.75rem)]',
          )}
        >
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

/** On another page the keyboard starts at its beginning, not at a link that is gone. */
function useMainFocus() {
  const main = useRef<HTMLElement>(null)
  const path = useLocation({ select: (location) => location.pathname })
  const shown = useRef(path)
  useEffect(() => {
    if (shown.current === path) return
    shown.current = path
    main.current?.focus({ preventScroll: true })
  }, [path])
  return main
}
