/** A driver diagram in a few strokes, for lists and templates. */
export function Picture() {
  return (
    <svg
      class="kind-picture"
      viewBox="0 0 64 40"
      fill="none"
      stroke="currentColor"
      stroke-width="1.25"
      aria-hidden="true"
    >
      <path
        d="M22 10C17 10 19 20 14 20M22 30C17 30 19 20 14 20M42 6C37 6 39 10 34 10M42 16C37 16 39 10 34 10M42 24C37 24 39 30 34 30M42 34C37 34 39 30 34 30"
        opacity="0.6"
      />
      <path d="M2 20h12" stroke="var(--aim)" stroke-width="2" />
      <path d="M22 10h12M22 30h12" stroke="var(--primary)" stroke-width="2" />
      <path d="M42 6h8M42 16h8M42 24h8M42 34h8" stroke="var(--secondary)" stroke-width="2" />
      <path d="M55 6h7M55 16h7M55 24h7M55 34h7" stroke="var(--idea)" stroke-width="2" />
    </svg>
  )
}
