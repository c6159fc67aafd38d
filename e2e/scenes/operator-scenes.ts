import { failJob } from '../support/fail-job.ts'
import { buy, signUpFan } from '../support/virtual-fan.ts'
import { holdTwo } from './buying-scenes.ts'
import { aClub } from './copy-concert.ts'
import { cancelFirstDate } from './house.ts'
import { open } from './outside-scenes.ts'
import type { Scene } from './scene.ts'

/** The operator's console, and what a fan gets of it. */
export const operatorScenes: Scene[] = [
  { name: 'admin-refused', show: (stage) => open(stage, '/admin') },
  {
    name: 'admin',
    as: 'operator',
    show: async (stage) => {
      await open(stage, '/admin')
      await stage.page.getByRole('heading', { name: stage.say('audit_title') }).waitFor()
      await stage.page.getByRole('button', { name: stage.say('steer_close') }).waitFor()
      // a worker has sampled the sale
      await stage.page.locator('.uplot canvas').first().waitFor()
      await stage.page.getByRole('slider', { name: stage.say('capacity') }).press('End')
    },
  },
  {
    name: 'admin-line',
    as: 'operator',
    show: async (stage) => {
      const { house, page, say } = stage
      // nobody is let in yet
      const { concertId } = await house.newConcert({ ...aClub, capacity: 0 })
      const { createBypassCode, tellLine } = house.operator.api.operator
      await createBypassCode.mutate({ concertId, label: 'Press', maxUses: 20 })
      await open(stage, `/admin?concert=${concertId}`)
      await page.getByLabel(say('tell_line_ko')).fill('잠시만 기다려 주세요')
      // another operator meanwhile
      await tellLine.mutate({ concertId, message: { ko: '곧 시작해요', en: 'We begin soon' } })
      await page.getByRole('button', { name: say('form_take_theirs') }).waitFor()
      await page.getByLabel(say('bypass_code_label')).fill('Family of the band')
      await page.getByRole('button', { name: say('bypass_code_create') }).click()
      const dialog = page.getByRole('alertdialog')
      await dialog.getByRole('button', { name: say('bypass_code_create') }).click()
      await page.getByLabel(say('bypass_code'), { exact: true }).waitFor()
      await page
        .getByLabel(say('tell_line_ko'))
        .evaluate((field) => field.scrollIntoView({ block: 'center' }))
    },
  },
  {
    name: 'admin-table',
    as: 'operator',
    show: async (stage) => {
      const { page, say } = stage
      await open(stage, '/admin?concert=2')
      await page.getByRole('button', { name: say('charts_table'), exact: true }).click()
      await page.getByRole('region', { name: say('charts_table') }).waitFor()
    },
  },
  {
    name: 'admin-close',
    as: 'operator',
    show: async (stage) => {
      await open(stage, '/admin')
      await stage.page.getByRole('button', { name: stage.say('steer_close') }).click()
      await stage.page.getByRole('heading', { name: stage.say('steer_close_title') }).waitFor()
    },
  },
  {
    name: 'admin-resume',
    as: 'operator',
    show: async (stage) => {
      const { house, page, say } = stage
      const { concertId } = await house.newConcert(aClub)
      await house.operator.api.operator.steerLine.mutate({ concertId, action: 'pause' })
      await open(stage, `/admin?concert=${concertId}`)
      await page.getByRole('button', { name: say('steer_resume') }).click()
      await page.getByRole('heading', { name: say('steer_resume_title') }).waitFor()
    },
  },
  {
    name: 'editor',
    as: 'operator',
    show: async (stage) => {
      await open(stage, '/admin/concerts')
      await stage.page.getByRole('heading', { name: stage.say('editor_plans') }).waitFor()
      await stage.page.locator('a[href="/admin/concerts/1"]').waitFor()
      await stage.page.locator('li button[aria-expanded]').first().click()
      await stage.page.locator('li canvas').first().waitFor()
    },
  },
  {
    name: 'editor-new',
    as: 'operator',
    show: async (stage) => {
      await open(stage, '/admin/concerts/new')
      await stage.page.locator('[name^="price."]').first().waitFor()
      // the first choice of the form is that of the plan: its map is drawn once it is near
      await stage.page.locator('form select').first().scrollIntoViewIfNeeded()
      await stage.page.locator('form canvas').first().waitFor()
    },
  },
  {
    name: 'editor-concert',
    as: 'operator',
    show: async (stage) => {
      await open(stage, '/admin/concerts/2')
      await stage.page.getByText(stage.say('editor_fixed_sale')).first().waitFor()
    },
  },
  {
    name: 'editor-move',
    as: 'operator',
    show: async (stage) => {
      await open(stage, '/admin/concerts/3')
      const move = stage.page.getByRole('button', { name: stage.say('editor_move_show_named') })
      await move.first().click()
      await stage.page.getByLabel(stage.say('editor_move_show_at')).waitFor()
    },
  },
  {
    name: 'fans',
    as: 'operator',
    show: async (stage) => {
      await open(stage, '/admin/fans?by=email&of=fan1@greenroom.example')
      await stage.page.getByText(stage.say('event_signed_up')).waitFor()
    },
  },
  {
    name: 'fans-let-in',
    as: 'operator',
    show: async (stage) => {
      await open(stage, '/admin/fans?by=email&of=fan1@greenroom.example')
      await stage.page.getByRole('button', { name: stage.say('let_in') }).click()
      await stage.page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'fans-nobody',
    as: 'operator',
    show: async (stage) => {
      await open(stage, '/admin/fans?by=ticket&of=99999999')
      await stage.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'jobs',
    as: 'operator',
    show: async (stage) => {
      await open(stage, '/admin/jobs')
      await stage.page.getByText('admission').first().waitFor()
    },
  },
  {
    name: 'jobs-failed',
    as: 'operator',
    show: async (stage) => {
      await failJob(stage.house.sale.redisUrl, 'of-no-show')
      await open(stage, '/admin/jobs')
      await stage.page.getByText(stage.say('job_refund_cancelled_show')).waitFor()
    },
  },
  {
    name: 'bull-board-failed',
    as: 'operator',
    isOfLibrary: true,
    show: async (stage) => {
      await failJob(stage.house.sale.redisUrl, 'of-no-show')
      await stage.goto('/admin/queues/queue/refunds?status=failed')
      await stage.page.getByText('of-no-show').first().waitFor()
    },
  },
  {
    name: 'box-office',
    as: 'operator',
    show: async (stage) => {
      const { page, say } = stage
      await open(stage, '/admin/box-office')
      await page.getByLabel(say('find_payment_field')).fill('nobody@greenroom.example')
      await page.getByRole('button', { name: say('find_payment_go') }).click()
      await page.getByText(say('find_payment_none')).waitFor()
      await page.locator('main button[aria-expanded=false]').last().click()
      await page.getByLabel(say('operator_refund_reason')).last().waitFor()
    },
  },
  {
    name: 'box-office-refund',
    as: 'operator',
    show: async (stage) => {
      const { house, page, say } = stage
      const guest = await signUpFan(house.sale.url)
      await buy(guest, await holdTwo(guest))
      await open(stage, '/admin/box-office')
      await page.getByLabel(say('find_payment_field')).fill(guest.email)
      await page.getByRole('button', { name: say('find_payment_go') }).click()
      await page.getByRole('button').filter({ hasText: guest.email }).click()
      await page.getByLabel(say('operator_refund_reason')).first().fill('fell ill')
      await page.getByRole('button', { name: say('operator_refund'), exact: true }).click()
      await page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'box-office-cancelled',
    as: 'operator',
    show: async (stage) => {
      const { house, page, say } = stage
      const concert = await house.newConcert(aClub)
      await cancelFirstDate(house, concert)
      await open(stage, `/admin/box-office?concert=${concert.concertId}`)
      await page.getByText(say('cancel_finished')).waitFor()
    },
  },
  {
    name: 'gate',
    as: 'operator',
    show: async (stage) => {
      const { page, say } = stage
      await open(stage, '/admin/gate')
      await page.getByLabel(say('gate_code')).fill('not a ticket')
      await page.getByRole('button', { name: say('gate_check') }).click()
      await page.getByText(say('gate_forged'), { exact: true }).waitFor()
    },
  },
  {
    name: 'audit',
    as: 'operator',
    show: async (stage) => {
      await open(stage, '/admin/audit')
      await stage.page.getByRole('heading', { name: stage.say('exports_title') }).waitFor()
      await stage.page.getByRole('link', { name: stage.say('export_payments') }).waitFor()
    },
  },
  {
    name: 'integrations',
    as: 'operator',
    show: async (stage) => {
      const { page, say } = stage
      await open(stage, '/admin/integrations')
      await page.getByLabel(say('key_partner')).fill('Ticket agency')
      const dialog = page.getByRole('alertdialog')
      await page.getByRole('button', { name: say('key_create') }).click()
      await dialog.getByRole('button', { name: say('key_create') }).click()
      await page.getByRole('button', { name: say('copy') }).waitFor()
      await page.getByLabel(say('webhook_url'), { exact: true }).fill('https://partner.example/hook')
      await page.getByRole('button', { name: say('webhook_register') }).click()
      await dialog.getByRole('button', { name: say('webhook_register') }).click()
      await page
        .getByRole('button', { name: say('webhook_test') })
        .first()
        .click()
      await dialog.getByRole('button', { name: say('webhook_test') }).click()
      await page.getByText(/ #\d/).first().waitFor()
    },
  },
]
