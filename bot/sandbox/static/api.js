// Talking with the local workspace. Every failure comes back as words for the person.

const UNREACHABLE = "The local workspace did not answer. Check that it is still running, then try again.";

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (response.ok && body.ok !== false) return { ok: true, ...body };
  const fallback = body.errors
    ? undefined
    : body.error || `That did not work (the workspace said ${response.status}). Please try again.`;
  return { ...body, ok: false, notice: body.notice || fallback };
}

async function call(path, options) {
  try {
    return await answer(await fetch(path, options));
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, notice: UNREACHABLE };
    throw error;
  }
}

/** Read from the workspace. */
export const read = (path, query = {}) => call(`${path}?${new URLSearchParams(query)}`);

/** Do something in the workspace. */
export const send = (path, body) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

function listen(stream, handlers) {
  const base = location.origin.replace(/^http/, "ws");
  const socket = new WebSocket(`${base}/page/events?${new URLSearchParams({ user: stream.user })}`);
  stream.socket = socket;
  socket.addEventListener("open", () => {
    stream.wait = 300;
    handlers.open(stream.tries > 0);
    stream.tries += 1;
  });
  socket.addEventListener(
    "message",
    (message) => stream.socket === socket && !stream.closed && handlers.event(JSON.parse(message.data)),
  );
  socket.addEventListener("close", () => {
    if (stream.closed) return;
    handlers.lost();
    stream.wait = Math.min((stream.wait ?? 300) * 2, 5000);
    setTimeout(() => stream.closed || listen(stream, handlers), stream.wait);
  });
}

/** Listen to what happens for one person, reconnecting by itself; `close()` ends it. */
export function events(user, handlers) {
  const stream = { user, tries: 0, closed: false };
  stream.close = () => {
    stream.closed = true;
    stream.socket.close();
  };
  listen(stream, handlers);
  return stream;
}
