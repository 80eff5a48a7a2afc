/** `/console/api/snapshots`: states of a server of `dev`, saved by name. */
import type { FastifyInstance, FastifyReply } from "fastify";
import * as z from "zod";
import { type ServerSnapshots, statusOfRefusal } from "../control/index.ts";
import { SnapshotRefused } from "../storage/index.ts";
import { Refused, type RouteContext } from "./request.ts";

const takeBody = z.strictObject({ replace: z.boolean().optional() });

export function registerSnapshotRoutes(
  app: FastifyInstance,
  { backend, requirePermission, open }: RouteContext,
): void {
  const { snapshots } = backend;
  if (snapshots === undefined) return;
  interface Named {
    readonly Params: { readonly name: string };
  }

  /** Runs a call to the snapshots for a request. */
  const answerWith = <T>(reply: FastifyReply, work: () => Promise<T>): Promise<T> => {
    snapshots.doNotWaitFor(reply.raw);
    return refusing(work);
  };

  app.get("/console/api/snapshots", async (request, reply) => {
    await requirePermission(request, "cognate:ReadSnapshots");
    return { snapshots: await answerWith(reply, () => snapshots.list()) };
  });

  app.post<Named>("/console/api/snapshots/:name", async (request, reply) => {
    await requirePermission(request, "cognate:TakeSnapshots");
    const { data: options } = takeBody.safeParse(open(request).json());
    if (options === undefined) throw new Refused(400, "Give replace as true or false, or nothing.");
    return answerWith(reply, () => snapshots.take(request.params.name, options));
  });

  app.post<Named>("/console/api/snapshots/:name/restore", async (request, reply) => {
    await requirePermission(request, "cognate:RestoreSnapshots");
    await answerWith(reply, () => snapshots.restore(request.params.name));
    return {};
  });

  app.delete<Named>("/console/api/snapshots/:name", async (request, reply) => {
    await requirePermission(request, "cognate:DeleteSnapshots");
    await answerWith(reply, () => snapshots.delete(request.params.name));
    return {};
  });
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SnapshotRefused) throw new Refused(statusOfRefusal(error), error.message);
    throw error;
  }
}

/** How many restores there were, for pages that show what was loaded before the last one. */
export const restoresOf = (snapshots: ServerSnapshots | undefined): number => snapshots?.restores ?? 0;
