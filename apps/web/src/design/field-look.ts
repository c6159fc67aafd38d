/** The look of what one writes in or chooses from. */
export const fieldLook =
  'min-h-12 w-full rounded-control border border-rule bg-ground px-3.5 text-base text-ellipsis text-ink placeholder:text-faint hover:border-faint data-invalid:border-bad disabled:cursor-not-allowed disabled:border-rule/50 disabled:bg-raised disabled:text-soft'
