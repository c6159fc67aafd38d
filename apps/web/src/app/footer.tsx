import { classNames } from '../design/class-names.ts'
import { changeTheme, type Theme, themes, useTheme } from '../design/theme.ts'
import { m } from '../paraglide/messages.js'

const themeNames: Record<Theme, () => string> = {
  system: m.theme_system,
  night: m.theme_night,
  day: m.theme_day,
}

export function Footer() {
  const theme = useTheme()
  return (
    <footer data-print="no" className="mt-16 border-t border-rule/50">
      <div className="page flex flex-wrap items-center justify-between gap-4 py-8 text-sm text-faint">
        <p>{m.footer_line()}</p>
        <fieldset aria-label={m.theme_label()} className="flex rounded-control bg-raised p-1">
          {themes.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === theme}
              onClick={() => changeTheme(each)}
              className={classNames(
                'min-h-8 rounded-md px-3 font-medium',
                each === theme ? 'bg-surface text-ink shadow-sm' : 'text-soft hover:text-ink',
              )}
            >
              {themeNames[each]()}
            </button>
          ))}
        </fieldset>
      </div>
    </footer>
  )
}
