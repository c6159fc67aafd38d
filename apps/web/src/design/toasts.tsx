import { Toaster } from 'sonner'

/** Where short messages appear: under the header, above everything. */
export function Toasts() {
  return (
    <Toaster
      position="top-center"
      offset={72}
      mobileOffset={{ top: 68 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full max-sm:w-[calc(100vw-2rem)] items-center font-sans gap-3 rounded-control border border-rule bg-raised px-4 py-3 text-[0.9375rem] text-ink shadow-2xl',
          icon: 'shrink-0 text-faint',
        },
      }}
    />
  )
}
