import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebhookEvent, webhookEvent } from '@greenroom/contract'
import { expect, onTestFinished, test } from 'vitest'
import { signInBrowser } from './support/journey.ts'
import { club } from './support/on-sale.ts'
import { query } from './support/query.ts'
import { buy, hold, signIn, signUpFan, walkIn } from './support/virtual-fan.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { visit } from './support/visit.ts'

const { sale, browser } = await openSaleInBrowser()

type Message = { headers: IncomingHttpHeaders; body: string; event: WebhookEvent }
type Partner = { url: string; messages: Message[]; answer: (status: number) => void }

/** A partner's server that keeps what it is sent. */
async function startPartner(): Promise<Partner> {
  const messages: Message[] = []
  let status = 204
  const server: Server = createServer((request, reply) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      messages.push({ headers: request.headers, body, event: webhookEvent.parse(JSON.parse(body)) })
      reply.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}/hook`,
    messages,
    answer: (next) => {
      status = next
    },
  }
}

/** As the standard says, by hand: nothing of the sender's is used to check the sender. */
function isSignedBy(secret: string, { headers, body }: Message): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const text = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const signature = `v1,${createHmac('sha256', key).update(text).digest('base64')}`
  return String(headers['webhook-signature']).split(' ').includes(signature)
}

async function buySeat(seat: number) {
  const fan = await signUpFan(sale.url)
  const pass = await walkIn(fan, club.concertId)
  const held = await hold(fan, club.shows[0], pass, [club.seat(seat)])
  return { fan, held, paid: await buy(fan, held) }
}

test.for([
  { locale: 'ko', device: 'phone', seat: 11 },
  { locale: 'en', device: 'desktop', seat: 12 },
] as const)(
  'an operator registers an address, and hears there, signed, of a payment; what could not be sent is sent again ($locale, $device)',
  { timeout: 120_000 },
  async ({ locale, device, seat }) => {
    const patience = { timeout: 30_000, interval: 50 }
    const partner = await startPartner()
    const visitor = await visit(browser, { url: sale.url, locale, device })
    const { page, say } = visitor
    const operator = await signIn(sale.url, 'operator@greenroom.example')
    await operator.api.accounts.updateMe.mutate({ locale })
    await signInBrowser(visitor, 'operator@greenroom.example')
    await page.goto('/admin/integrations')

    await page.getByLabel(say('webhook_url'), { exact: true }).fill(partner.url)
    await page.getByLabel(say('webhook_type_expired')).uncheck()
    await page.getByRole('button', { name: say('webhook_register') }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('button', { name: say('webhook_register') }).click()
    const shown = page.getByLabel(say('webhook_secret'), { exact: true })
    const secret = await shown.inputValue()
    expect(secret).toMatch(/^whsec_/)
    await page.getByRole('button', { name: say('secret_kept') }).click()
    expect(await shown.count()).toBe(0)

    const actions = page.getByRole('group', { name: say('webhook_actions_of', { url: partner.url }) })
    await actions.getByRole('button', { name: say('webhook_test') }).click()
    await dialog.getByRole('button', { name: say('webhook_test') }).click()
    await expect
      .poll(() => partner.messages.map(({ event }) => event.type), patience)
      .toEqual(['webhook.test'])

    const { fan, held, paid } = await buySeat(seat)
    await expect.poll(() => partner.messages.length, patience).toBe(2)
    const [, sent] = partner.messages
    if (sent === undefined) throw new Error('nothing was sent')
    expect(sent.event).toMatchObject({
      type: 'reservation.paid',
      data: {
        reservationId: held.reservationId,
        paymentId: paid.paymentId,
        fanId: fan.accountId,
        seatIds: [club.seat(seat)],
        amountMinor: held.amountMinor,
      },
    })
    expect(partner.messages.map((message) => isSignedBy(secret, message))).toEqual([true, true])
    expect(isSignedBy('whsec_c29tZWJvZHkgZWxzZQ==', sent)).toBe(false)

    partner.answer(500)
    const { reservationId } = held
    await fan.api.payments.refund.mutate({ reservationId, idempotencyKey: `refund-${reservationId}` })
    await expect.poll(() => partner.messages.length, patience).toBe(3)
    await query(sale.databaseUrl, "update webhook_deliveries set state = 'DEAD' where state = 'PENDING'")
    partner.answer(200)
    await page.getByRole('button', { name: say('delivery_dead'), exact: true }).click()
    const eventId = partner.messages[2]?.event.eventId ?? 0
    await page.getByRole('button', { name: say('delivery_replay_named', { event: eventId }) }).click()
    await dialog.getByRole('button', { name: say('delivery_replay') }).click()
    await expect.poll(() => partner.messages.length, patience).toBe(4)
    const [, , failed, again] = partner.messages
    expect(again?.event).toMatchObject({ type: 'payment.refunded', data: { reservationId } })
    expect(again?.headers['webhook-id']).toBe(failed?.headers['webhook-id'])
    await page.getByRole('button', { name: say('delivery_delivered'), exact: true }).click()
    await page.getByRole('button', { name: say('delivery_replay_named', { event: eventId }) }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)

    await actions.getByRole('button', { name: say('webhook_remove') }).click()
    await dialog.getByRole('button', { name: say('webhook_remove') }).click()
    await expect.poll(() => actions.count(), patience).toBe(0)
    await page.reload()
    await page.getByRole('heading', { name: say('webhooks'), exact: true }).waitFor()
    expect(await page.content()).not.toContain(secret)
    expect(visitor.failures).toEqual([])
  },
)

test('a payment is made while nobody takes its message, and no fan gets at the addresses', async () => {
  const operator = await signIn(sale.url, 'operator@greenroom.example')
  const partner = await startPartner()
  partner.answer(503)
  await operator.api.webhooks.register.mutate({ url: partner.url, eventTypes: ['reservation.paid'] })
  const { fan, paid } = await buySeat(13)
  expect(paid.ticketIds).toHaveLength(1)
  for (const call of [
    () => fan.api.webhooks.list.query(),
    () => fan.api.webhooks.deliveries.query({}),
    () => fan.api.webhooks.register.mutate({ url: partner.url, eventTypes: ['reservation.paid'] }),
  ])
    await expect(call()).rejects.toMatchObject({ data: { domain: { code: 'FORBIDDEN' } } })
})
