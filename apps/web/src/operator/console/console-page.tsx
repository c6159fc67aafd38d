import { Outlet } from '@tanstack/react-router'
import { OperatorsOnly } from '../operators-only.tsx'
import { ConsoleNav } from './console-nav.tsx'

/** What is round every page of the console: its navigation. Nobody but operators sees either. */
export function ConsolePage() {
  return (
    <OperatorsOnly>
      <ConsoleNav />
      <Outlet />
    </OperatorsOnly>
  )
}
