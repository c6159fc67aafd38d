import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

export type ButtonLook = { tone?: 'lamp' | 'outline' | 'quiet' | 'bad'; size?: 'md' | 'lg' | 'sm' }

const tones = {
  lamp: 'bg-lamp text-lamp-ink hover:brightness-107 active:brightness-95',
  outline: 'border border-rule bg-surface/60 text-ink hover:border-faint hover:bg-raised',
  quiet: 'text-soft hover:bg-raised hover:text-ink',
  bad: 'bg-bad text-bad-ink hover:brightness-107 active:brightness-95',
}

const sizes = {
  sm: 'min-h-9 px-3 text-sm',
  md: 'min-h-11 px-4 text-[0.9375rem]',
  lg: 'min-h-13 px-6 text-base',
}

/** The look of a button, for what is a link in truth. */
export function buttonLook({ tone = 'lamp', size = 'md' }: ButtonLook = {}): string {
  return classNames(
    'inline-flex items-center justify-center gap-2 rounded-control font-semibold whitespace-nowrap',
    'transition-[background-color,border-color,filter,color] duration-150 select-none',
    'disabled:cursor-not-allowed disabled:opacity-45 aria-disabled:cursor-not-allowed aria-disabled:opacity-45',
    tones[tone],
    sizes[size],
  )
}

/** `busy` shows a turning lamp in place of the words, keeps the width, and swallows further presses. */
export function Button({
  tone,
  size,
  busy = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & ButtonLook & { busy?: boolean }) {
  return (
    <button
      {...rest}
      type={type}
      aria-busy={busy || undefined}
      className={classNames(
        buttonLook({ ...(tone && { tone }), ...(size && { size }) }),
        'relative',
        className,
      )}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      <span className={classNames('inline-flex items-center gap-2', busy && 'opacity-0')}>{children}</span>
      {busy && (
        <span
          aria-hidden="true"
          className="absolute size-5 animate-spin rounded-full border-2 border-current border-t-transparent"
        />
      )}
    </button>
  )
}
