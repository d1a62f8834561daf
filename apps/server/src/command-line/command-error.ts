/** A reason the operator can mend, in one clear sentence. */
export class CommandError extends Error {}
