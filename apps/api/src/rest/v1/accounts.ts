import {
  account,
  changePasswordInput,
  DomainError,
  signedIn,
  signInInput,
  signUpInput,
  updateMeInput,
} from '@greenroom/contract'
import { z } from 'zod'
import type { Route } from '../route.ts'
import { accountExample, signedInExample } from './examples.ts'
import { bodyOf, v1Route } from './v1-route.ts'

export const accountRoutes: Route[] = [
  v1Route({
    method: 'POST',
    path: '/v1/accounts',
    tags: ['accounts'],
    operationId: 'signUp',
    summary: 'Make a fan’s account with an empty wallet, and sign in',
    status: 201,
    access: 'anyone',
    refuses: ['EMAIL_TAKEN'],
    input: z.object({ body: bodyOf(signUpInput) }),
    reply: signedIn,
    example: {
      body: { email: 'mina@example.com', password: 'correct horse', name: 'Mina', locale: 'ko' },
      reply: signedInExample,
    },
    run: (call, { body }) => call.accounts.signUp(body),
  }),
  v1Route({
    method: 'POST',
    path: '/v1/sessions',
    tags: ['accounts', 'flow'],
    operationId: 'signIn',
    summary: 'Sign in',
    description: 'The `token` is what `Authorization: Bearer` wants; browsers get it as a cookie too.',
    status: 201,
    access: 'anyone',
    refuses: ['WRONG_CREDENTIALS'],
    input: z.object({ body: bodyOf(signInInput) }),
    reply: signedIn,
    example: {
      body: { email: 'fan1@greenroom.example', password: 'greenroom' },
      reply: signedInExample,
    },
    run: (call, { body }) => call.accounts.signIn(body),
  }),
  v1Route({
    method: 'DELETE',
    path: '/v1/sessions/current',
    tags: ['accounts'],
    operationId: 'signOut',
    summary: 'Sign out: this session is refused everywhere within a second',
    status: 204,
    access: 'fan',
    refuses: [],
    input: z.object({}),
    reply: z.void(),
    example: { reply: undefined },
    run: (call) => call.accounts.signOut(),
  }),
  v1Route({
    method: 'GET',
    path: '/v1/me',
    tags: ['accounts'],
    operationId: 'readMe',
    summary: 'Who is signed in',
    access: 'fan',
    refuses: ['NOT_FOUND'],
    input: z.object({}),
    reply: account,
    example: { reply: accountExample },
    run: async (call) => {
      const me = await call.accounts.me()
      if (me === null) throw new DomainError('SIGN_IN_REQUIRED', {})
      return me
    },
  }),
  v1Route({
    method: 'PATCH',
    path: '/v1/me',
    tags: ['accounts'],
    operationId: 'updateMe',
    summary: 'Change one’s name, or the language one is spoken to in',
    access: 'fan',
    refuses: ['NOT_FOUND'],
    input: z.object({ body: bodyOf(updateMeInput) }),
    reply: account,
    example: { body: { locale: 'en' }, reply: { ...accountExample, locale: 'en' } },
    run: (call, { body }) => call.accounts.updateMe(body),
  }),
  v1Route({
    method: 'POST',
    path: '/v1/me/password',
    tags: ['accounts'],
    operationId: 'changePassword',
    summary: 'Set a new password: all other sessions end',
    status: 204,
    access: 'fan',
    refuses: ['WRONG_CREDENTIALS'],
    input: z.object({ body: bodyOf(changePasswordInput) }),
    reply: z.void(),
    example: {
      body: { currentPassword: 'greenroom', newPassword: 'correct horse' },
      reply: undefined,
    },
    run: (call, { body }) => call.accounts.changePassword(body),
  }),
]
