// Asks the service that the page came from, wherever below a proxy it lies.

const BASE = document.body.dataset["base"] ?? "/";

/** Return the address of a path of the service, such as `search/suggest`. */
export function address(path: string, params: Record<string, string> = {}): URL {
  const where = new URL(BASE + path, location.href);
  for (const [name, value] of Object.entries(params)) where.searchParams.set(name, value);
  return where;
}

/** Return the JSON at a path of the service; `Answer` is what its OpenAPI description says of it. */
export async function read<Answer>(
  path: string,
  params: Record<string, string>,
  signal: AbortSignal,
): Promise<Answer> {
  const answer = await fetch(address(path, params), {
    signal,
    headers: { Accept: "application/json" },
  });
  if (!answer.ok) throw new Error(await refusalOf(answer));
  return (await answer.json()) as Answer;
}

/** Return what the service says of a request that it refused, or what can be said if a proxy did. */
async function refusalOf(answer: Response): Promise<string> {
  try {
    const { detail, hint } = (await answer.json()) as { detail: string; hint?: string };
    return [detail, hint].filter(Boolean).join(" ");
  } catch {
    return `The service answered ${answer.status}.`;
  }
}

/** Return in words what went wrong with a request. */
export function wrong(error: unknown): string {
  // What fetch throws if no answer came.
  if (error instanceof TypeError) return "The service cannot be reached.";
  return error instanceof Error ? error.message : String(error);
}
