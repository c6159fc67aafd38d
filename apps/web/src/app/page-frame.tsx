import type { ReactNode, Ref } from 'react'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'
import { Footer } from './footer.tsx'
import { OfflineBanner } from './offline-banner.tsx'

/** What is round every page, in both documents. One that fills the window (the seat map) has no footer. */
export function PageFrame(props: {
  header: ReactNode
  mainRef?: Ref<HTMLElement>
  fillsWindow?: boolean
  children: ReactNode
}) {
  const fillsWindow = props.fillsWindow === true
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
        {props.header}
        <main
          {...(props.mainRef !== undefined && { ref: props.mainRef })}
          id="main"
          tabIndex={-1}
          className={classNames(
            'flex flex-1 flex-col outline-none',
            // a page that is still short does not show the footer only to push it away
            fillsWindow ? 'min-h-0' : 'min-h-[calc(100dvh-3.75rem)]',
          )}
        >
          {props.children}
        </main>
        {!fillsWindow && <Footer />}
      </div>
    </>
  )
}
