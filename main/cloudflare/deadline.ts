type EndReason = 'deadline' | 'closed'

/** One deadline for everything that a call does: connecting, headers, body, further pages. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Why it ended; null while it runs. */
  readonly ended: () => EndReason | null
  /** Ends it now. */
  readonly close: () => void
  /** Ends the waiting for it: the call is over. */
  readonly release: () => void
}

export function startDeadline(deadlineMs: number): Deadline {
  const controller = new AbortController()
  let reason: EndReason | null = null
  const end = (why: EndReason) => {
    reason ??= why
    controller.abort()
  }
  const timer = setTimeout(() => {
    end('deadline')
  }, deadlineMs)
  return {
    signal: controller.signal,
    ended: () => reason,
    close: () => {
      end('closed')
    },
    release: () => {
      clearTimeout(timer)
    },
  }
}

/** Rejects as soon as `signal` is aborted, even where the work underneath does not listen to it. */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stop: () => void = () => undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(new Error('aborted'))
    }
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
