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
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return (await answer.json()) as Answer;
}
