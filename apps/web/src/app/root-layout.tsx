import { Outlet, useLocation, useMatches } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useLocale } from '../text/locale.ts'
import { Header } from './header.tsx'
import { PageFrame } from './page-frame.tsx'

const Toasts = lazy(async () => ({ default: (await import('../design/toasts.tsx')).Toasts }))

/** The page of the address in its frame, and toasts above it. */
export function RootLayout() {
  useLocale()
  const fillsWindow = useMatches().some((match) => match.staticData.fillsWindow === true)
  const main = useMainFocus()
  return (
    <>
      <PageFrame header={<Header />} mainRef={main} fillsWindow={fillsWindow}>
        <Outlet />
      </PageFrame>
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
    // it is the name of the page that was loaded: another one that is still on its way would be shown under it
    document.getElementById('first-heading')?.remove()
    main.current?.focus({ preventScroll: true })
  }, [path])
  return main
}
