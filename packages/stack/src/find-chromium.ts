import { readStackEnv } from './env.ts'
import { findOnPath } from './find-program.ts'
import { installDebianPackages } from './install-packages.ts'

const programs = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** The browser for the tests, as a full path; undefined when there is none. */
export function findChromium(searchPath: string = readStackEnv().path): string | undefined {
  return findOnPath(programs, searchPath)
}

/**
 * The browser for the tests, installed from Debian (with a font for Korean) when we may.
 * Throws an error that names the command to run when we may not.
 */
export function requireChromium(searchPath: string, say: (line: string) => void): string {
  const present = findChromium(searchPath)
  if (present !== undefined) return present
  const installed = installDebianPackages(['chromium', 'fonts-noto-cjk'], searchPath, say)
    ? findChromium(searchPath)
    : undefined
  if (installed !== undefined) return installed
  throw new Error(
    'the browser tests need Chromium: run `sudo apt-get install -y chromium fonts-noto-cjk`, or leave them out with `npm test -- --no-browser`',
  )
}
