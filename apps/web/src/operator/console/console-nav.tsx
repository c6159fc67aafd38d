import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { m } from '../../paraglide/messages.js'
import { consolePlaces, outsidePlaces } from './console-places.ts'

const placeLook =
  'inline-flex min-h-11 items-center border-b-2 border-transparent px-3 text-[0.9375rem] font-medium whitespace-nowrap text-soft outline-offset-[-3px] hover:text-ink data-[status=active]:border-lamp data-[status=active]:text-ink'

/** The console's pages side by side; on a phone the strip scrolls to where one is. The chosen sale goes along in the address. */
export function ConsoleNav() {
  const strip = useRef<HTMLUListElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    const list = strip.current
    const here = list?.querySelector<HTMLElement>('[data-status=active]')
    if (list && here)
      list.scrollLeft = here.offsetLeft - list.offsetLeft - (list.clientWidth - here.clientWidth) / 2
  }, [pathname])
  return (
    <nav aria-label={m.console_nav()} data-print="no" className="border-b border-rule/60">
      <ul ref={strip} className="page flex overflow-x-auto">
        {consolePlaces.map(({ to, name }) => (
          <li key={to}>
            <Link
              to={to}
              search={({ concert }) => (concert === undefined ? {} : { concert })}
              activeOptions={{ exact: to === '/admin', includeSearch: false }}
              className={placeLook}
            >
              {name()}
            </Link>
          </li>
        ))}
        {outsidePlaces.map(({ href, name }) => (
          <li key={href}>
            <a href={href} className={placeLook}>
              {name()}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
