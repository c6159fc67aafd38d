import { useEffect } from 'react'
import { useLocale } from '../text/locale.ts'

/** Who installs the application gets it under its name in their language. */
export function useManifest(): void {
  const locale = useLocale()
  useEffect(() => {
    document.querySelector('link[rel=manifest]')?.setAttribute('href', `/app.${locale}.webmanifest`)
  }, [locale])
}
