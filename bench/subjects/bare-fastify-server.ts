/** The route of userInfo with nothing behind it: `node bare-fastify-server.ts` prints its port. */
import Fastify from "fastify";

const USER = {
  sub: "11111111-2222-4333-8444-555555555555",
  email_verified: "true",
  email: "user-1@example.com",
  username: "user-1",
};

const app = Fastify();
app.get("/:poolId/oauth2/userInfo", (_request, reply) =>
  reply.header("content-type", "application/json;charset=UTF-8").send(JSON.stringify(USER)),
);
process.stdout.write(`${new URL(await app.listen({ port: 0, host: "127.0.0.1" })).port}\n`);
