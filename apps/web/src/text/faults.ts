import type { Fault, FaultReason } from '@greenroom/contract'
import { refusalOf } from '../data/wire-error.ts'
import { m } from '../paraglide/messages.js'

/** What the server found wrong with the fields of a form; none when the failure is about something else. */
export function faultsOf(error: unknown): readonly Fault[] {
  const refusal = refusalOf(error)
  return refusal?.code === 'BAD_INPUT' ? refusal.details.faults : []
}

/** What is wrong with a field, in the reader's language. A reason without a sentence does not compile. */
export function tellFault({ reason, name }: Fault): string {
  // a server that is newer than the page may know more of them
  if (reason === undefined || !Object.hasOwn(tellers, reason)) return m.fault_other()
  return tellers[reason](name ?? '')
}

const tellers: Record<FaultReason, (name: string) => string> = {
  empty: m.fault_empty,
  tooShort: m.fault_too_short,
  tooLong: m.fault_too_long,
  tooSmall: m.fault_too_small,
  tooLarge: m.fault_too_large,
  notWhole: m.fault_not_whole,
  wrongForm: m.fault_wrong_form,
  unknownTimeZone: m.fault_time_zone,
  lobbyAfterSale: m.fault_lobby_after_sale,
  closesBeforeOpening: m.fault_closes_before_opening,
  lobbyOpened: m.editor_fixed_lobby,
  saleOpened: m.editor_fixed_sale,
  saleClosed: m.editor_fixed_over,
  momentOver: m.fault_moment_over,
  beforeSale: m.fault_before_sale,
  anotherShowThen: m.fault_another_show,
  changedMeanwhile: m.fault_changed_meanwhile,
  clockKnown: m.fault_clock_known,
  categoryWithoutPrice: (name) => m.fault_category_without_price({ name }),
  noProvider: m.fault_no_provider,
  notHttps: m.fault_not_https,
  hasPassword: m.fault_has_password,
  hasFragment: m.fault_has_fragment,
  tooMany: m.fault_too_many,
}
