import { Outlet, useMatches } from '@tanstack/react-router'
import { Toaster } from 'sonner'
import { m } from '../paraglide/messages.js'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'
import { OfflineBanner } from './offline-banner.tsx'

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
      <Toaster
        position="top-center"
        offset={72}
        mobileOffset={{ top: 68 }}
        toastOptions={{
          unstyled: true,
          classNames: {
            toast:
              'flex w-full items-center gap-3 rounded-control border border-rule bg-raised px-4 py-3 text-[0.9375rem] text-ink shadow-2xl',
            actionButton: 'ml-auto shrink-0 font-semibold text-lamp-text',
            icon: 'shrink-0 text-faint',
          },
        }}
      />
    </>
  )
}
