import { isDomainError } from '@greenroom/contract'

/** What a person at a terminal can act on: each fault with its path, or the one sentence. */
export function describeFailure(error: unknown): string {
  if (isDomainError(error, 'SEAT_PLAN_INVALID') || isDomainError(error, 'BAD_INPUT')) {
    const { faults } = error.details
    const lines = faults.map(({ path, message }) => `  ${path === '' ? message : `${path}: ${message}`}`)
    const hint = faults.some(({ path }) => areaSize.test(path))
      ? '\nSizes of decorations may be rounded: add --round-area-sizes'
      : ''
    return `refused, nothing was changed:\n${lines.join('\n')}${hint}`
  }
  if (isDomainError(error, 'NOT_FOUND')) return `there is no such ${error.details.what}`
  return error instanceof Error ? error.message : String(error)
}

const areaSize = /\.areas\[\d+\]\.(rectangle\.(width|height)|circle\.radius|text\.size)$/
