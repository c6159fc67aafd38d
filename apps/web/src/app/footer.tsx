import { m } from '../paraglide/messages.js'
import { ThemeChoice } from './theme-choice.tsx'

export function Footer() {
  return (
    <footer data-print="no" className="mt-16 border-t border-rule/50">
      <div className="page flex flex-wrap items-center justify-between gap-4 py-8 text-sm text-faint">
        <p>{m.footer_line()}</p>
        <ThemeChoice />
      </div>
    </footer>
  )
}
