import type { paraglideVitePlugin } from '@inlang/paraglide-js'
import type { UserConfig } from 'vite'

/** Browsers that know `light-dark()`: rewritten for older ones it would be decided once, at the root. */
export const browsers = ['chrome123', 'edge123', 'firefox121', 'safari17.5']

/** The same options as the `generate` script, so that either one's output fits the other. */
export const messages: Parameters<typeof paraglideVitePlugin>[0] = {
  project: './project.inlang',
  outdir: './src/paraglide',
  strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
}

/**
 * What runs in a thread of its own has a folder of its own: a worker keeps to the content policy that comes with its file, not to the
 * page's, so the api sends one with each file that is there.
 */
export const workers: NonNullable<UserConfig['worker']> = {
  rolldownOptions: { output: { entryFileNames: 'assets/workers/[name]-[hash].js' } },
}
