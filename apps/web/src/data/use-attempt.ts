import { useMutation } from '@tanstack/react-query'
import { attemptKey, endAttempt } from './attempt-key.ts'
import { mayPass } from './wire-error.ts'

/**
 * A mutation that moves money: `run` gets the attempt's idempotency key. The attempt ends with a reply or with a refusal
 * by rule; when no answer came, or the server failed, pressing again asks for the same effect under the same key.
 */
export function useAttempt<Input, Output>(options: {
  name: (input: Input) => string
  run: (input: Input, idempotencyKey: string) => Promise<Output>
  onSuccess?: (output: Output) => void
  onError?: (error: Error) => void
}) {
  return useMutation<Output, Error, Input>({
    mutationFn: (input) => options.run(input, attemptKey(sessionStorage, options.name(input))),
    onSuccess: (output, input) => {
      endAttempt(sessionStorage, options.name(input))
      options.onSuccess?.(output)
    },
    onError: (error, input) => {
      if (!mayPass(error)) endAttempt(sessionStorage, options.name(input))
      options.onError?.(error)
    },
  })
}
