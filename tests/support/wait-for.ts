/** Resolves with what `condition` gives once that is neither false nor undefined; a condition that throws does not hold yet. */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  {
    timeout = 15_000,
    every = 5,
    what = condition.toString(),
  }: { timeout?: number; every?: number; what?: string } = {},
): Promise<NonNullable<T>> {
  const end = performance.now() + timeout
  let thrown: unknown
  while (performance.now() < end) {
    try {
      const value = await condition()
      if (value !== undefined && value !== null && value !== false) return value
      thrown = undefined
    } catch (error) {
      thrown = error
    }
    await new Promise((resolve) => setTimeout(resolve, every))
  }
  throw new Error(`Waited ${timeout} ms in vain for: ${what}`, { cause: thrown })
}
