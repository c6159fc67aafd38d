import { z } from 'zod'

/**
 * Why a field was refused, for forms that say it in their reader's language: `message` is English and for whoever wrote the call. The
 * first seven are what any schema finds.
 */
export const faultReason = z.enum([
  'empty',
  'tooShort',
  'tooLong',
  'tooSmall',
  'tooLarge',
  'notWhole',
  'wrongForm',
  'unknownTimeZone',
  'lobbyAfterSale',
  'closesBeforeOpening',
  'lobbyOpened',
  'saleOpened',
  'saleClosed',
  'momentOver',
  'beforeSale',
  'anotherShowThen',
  'changedMeanwhile',
  'clockKnown',
  'categoryWithoutPrice',
  'noProvider',
  'notHttps',
  'hasPassword',
  'hasFragment',
  'tooMany',
])
export type FaultReason = z.infer<typeof faultReason>
