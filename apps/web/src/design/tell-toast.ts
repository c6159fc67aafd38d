/** A toast from what every page loads: the code that shows toasts comes after the page, and is waited for. */
export async function tellToast(text: string): Promise<void> {
  const { toast } = await import('sonner')
  toast.error(text)
}
