# The server with nothing but Node.js: the bundle needs no packages.
FROM node:24-slim AS build
WORKDIR /cognate
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-slim
WORKDIR /cognate
COPY --from=build /cognate/package.json ./
COPY --from=build /cognate/bin ./bin
COPY --from=build --chown=node:node /cognate/dist ./dist
# The threads then share memory that they would keep to themselves: docs/decisions/0174-memory-of-a-loaded-server.md.
ENV MALLOC_ARENA_MAX=2
# For every command, also for `docker exec … node bin/cognate.mjs token`.
ENV COGNATE_DATA_DIR=/data
# OpenShift and `--user` give a user ID of their own, which is in group 0.
RUN mkdir /data && chown node:0 /data && chmod 770 /data
# The number of `node`: Kubernetes' runAsNonRoot refuses names.
USER 1000
VOLUME /data
EXPOSE 9229
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["node", "-e", "fetch('http://127.0.0.1:9229/_cognate/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/cognate.mjs"]
# For development: other containers reach it by the name cognate, and need the access keys in /data/credentials.
CMD ["dev", "--host", "0.0.0.0", "--hosts", "cognate"]
