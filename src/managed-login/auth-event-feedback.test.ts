import { expect, it } from "vitest";
import { createHttpApp } from "../http/index.ts";
import { silentLog } from "../log.ts";
import { eventFeedbackSurface } from "./auth-event-feedback.ts";

it("answers without an internal error to a body that is not a form", async () => {
  const logged: unknown[] = [];
  const log = { ...silentLog, error: (...entry: unknown[]) => void logged.push(entry) };
  const app = createHttpApp({
    log,
    isOwnHost: () => true,
    trustProxy: false,
    surfaces: [eventFeedbackSurface({ give: async () => undefined, log })],
  });
  for (const type of ["x", "x".repeat(300), "application/xml", "text/plain"]) {
    const answer = await app.inject({
      method: "POST",
      url: "/authEventFeedback?feedback_value=Valid",
      headers: { host: "localhost", "content-type": type },
      payload: "a=b",
    });
    expect([400, 415], type).toContain(answer.statusCode);
    expect(answer.body).toContain("This link is not valid");
  }
  await app.close();
  expect(logged).toEqual([]);
});
