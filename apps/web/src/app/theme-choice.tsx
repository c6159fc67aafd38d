import { Segments } from '../design/segments.tsx'
import { changeTheme, type Theme, themes, useTheme } from '../design/theme.ts'
import { m } from '../paraglide/messages.js'

const names: Record<Theme, () => string> = {
  system: m.theme_system,
  night: m.theme_night,
  day: m.theme_day,
}

/** Night, day, or as the device has it; kept on the device. */
export function ThemeChoice() {
  return (
    <Segments
      label={m.theme_label()}
      options={themes.map((value) => ({ value, name: names[value]() }))}
      chosen={useTheme()}
      onChoose={changeTheme}
    />
  )
}
