/** A lamp and its cone of light, and the name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2.5 text-[1.1875rem] font-extrabold tracking-[-0.035em]">
      <svg viewBox="0 0 28 28" className="size-7" aria-hidden="true">
        <path d="M14 6 2 27h24z" fill="var(--lamp)" opacity=".35" />
        <circle cx="14" cy="6.5" r="4.6" fill="var(--lamp)" />
      </svg>
      greenroom
    </span>
  )
}
