// Words that several pages use.

/** Return a number with what is counted, as English says it. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
