import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'

// `isolate: false`: files of a worker share what they load, which takes half the time. Tests keep their state in their own files.
export default defineConfig({
  test: {
    projects: [
      // No Solid plugin here: it adds the `browser` condition, under which `ws` resolves to a stub.
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/{kinds,shared}/**/*.test.ts'],
          // Properties run many times, and the computer may have other things to do.
          testTimeout: 30_000,
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'server',
          environment: 'node',
          include: ['tests/{server,sync}/**/*.test.ts'],
          testTimeout: 20_000,
          hookTimeout: 20_000,
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        plugins: [solid({ hot: false })],
        test: {
          name: 'client',
          environment: 'node',
          include: ['tests/client/**/*.test.{ts,tsx}'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          isolate: false,
          // A runner of CI may stall for longer than any patience; a second try is said in the report. At a desk it fails.
          retry: process.env.CI === undefined ? 0 : 1,
          // Last and by themselves: pages are the first to feel it when the computer is busy.
          sequence: { groupOrder: 3 },
          // A page on a busy computer takes its time; what takes too long is for the bench to say.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
})
