import type { ComponentType } from 'react'
import { useLocale } from '../text/locale.ts'

/**
 * A page that is told anew in another language and stays what it is otherwise: picked seats, a half-filled form, where the
 * keyboard is.
 */
export function retold(Page: ComponentType & { preload?: (() => Promise<void> | undefined) | undefined }) {
  function Retold() {
    useLocale()
    return <Page />
  }
  return Object.assign(Retold, Page.preload && { preload: Page.preload })
}
