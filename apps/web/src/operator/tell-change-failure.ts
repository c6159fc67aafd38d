import { m } from '../paraglide/messages.js'
import { faultsOf } from '../text/faults.ts'
import { tellFailure } from '../text/tell-failure.ts'

/** As `tellFailure`, for a change that is refused when somebody else made one meanwhile: what was typed stays. */
export function tellChangeFailure(error: unknown): string | undefined {
  return faultsOf(error).some(({ reason }) => reason === 'changedMeanwhile')
    ? m.form_changed_elsewhere()
    : tellFailure(error)
}
