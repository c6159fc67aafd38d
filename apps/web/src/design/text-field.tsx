import { Field } from '@base-ui/react/field'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { fieldLook } from './field-look.ts'

/** A labelled line of text; `error` is told beside it and to a screen reader. */
export function TextField({
  label,
  hint,
  error,
  name,
  className,
  ...control
}: { label: ReactNode; hint?: ReactNode; error?: string | undefined; name: string } & Omit<
  ComponentProps<typeof Field.Control>,
  'className' | 'name'
> & { className?: string }) {
  return (
    <Field.Root name={name} invalid={error !== undefined} className={classNames('block', className)}>
      <Field.Label className="mb-1.5 block text-sm font-semibold">{label}</Field.Label>
      <Field.Control {...control} className={fieldLook} />
      {hint !== undefined && error === undefined && (
        <Field.Description className="mt-1.5 text-sm text-faint">{hint}</Field.Description>
      )}
      <Field.Error match={error !== undefined} className="mt-1.5 text-sm font-medium text-bad">
        {error}
      </Field.Error>
    </Field.Root>
  )
}
