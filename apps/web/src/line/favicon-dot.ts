import { useEffect } from 'react'

const dotted = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#10201b"/><path d="M16 8 4.5 27h23z" fill="#ffb84d" opacity=".38"/><circle cx="16" cy="8.5" r="4.2" fill="#ffb84d"/><circle cx="24" cy="8" r="8" fill="#ff5a4f" stroke="#10201b" stroke-width="2"/></svg>',
)}`

/** A red dot on the tab's icon while `isShown`: seen from another tab. */
export function useFaviconDot(isShown: boolean): void {
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
    if (icon === null || !isShown) return
    const plain = icon.href
    icon.href = dotted
    return () => {
      icon.href = plain
    }
  }, [isShown])
}
