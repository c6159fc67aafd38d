/** As the standard names it: a message that breaks the rules of this endpoint, or comes from whom it is not for. */
export const policyViolation = 1008
