import { useSyncExternalStore } from 'react'

export const themes = ['system', 'night', 'day'] as const
export type Theme = (typeof themes)[number]

const storageKey = 'greenroom.theme'
const listeners = new Set<() => void>()
let current: Theme = themes.find((theme) => theme === localStorage.getItem(storageKey)) ?? 'system'
show(current)

/** Changes the look at once and keeps it for the next visit. */
export function changeTheme(next: Theme): void {
  current = next
  localStorage.setItem(storageKey, next)
  show(next)
  for (const listener of listeners) listener()
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
