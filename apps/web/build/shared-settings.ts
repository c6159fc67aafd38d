import type { paraglideVitePlugin } from '@inlang/paraglide-js'

/** Browsers that know `light-dark()`: rewritten for older ones it would be decided once, at the root. */
export const browsers = ['chrome123', 'edge123', 'firefox121', 'safari17.5']

/** The same options as the `generate` script, so that either one's output fits the other. */
export const messages: Parameters<typeof paraglideVitePlugin>[0] = {
  project: './project.inlang',
  outdir: './src/paraglide',
  strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
}
