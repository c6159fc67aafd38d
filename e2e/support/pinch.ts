import type { Page } from 'playwright-core'

const steps = 8

/** Two fingers on the glass that move apart, as the browser gets them from a phone. */
export async function pinchOut(page: Page, middle: { x: number; y: number }): Promise<void> {
  const glass = await page.context().newCDPSession(page)
  const fingers = (apart: number) => [
    { x: middle.x - apart / 2, y: middle.y, id: 1 },
    { x: middle.x + apart / 2, y: middle.y, id: 2 },
  ]
  await glass.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(40) })
  for (let step = 1; step <= steps; step++)
    await glass.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(40 + step * 15) })
  await glass.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await glass.detach()
}
