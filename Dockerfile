# syntax=docker/dockerfile:1
# One image for every process: `api` (default), `gateway`, `worker`, `migrate`, `seed`, `operator`. See docs/operations.md.
# `pnpm image` runs each step of this file by hand and starts what comes of it, where there is no Docker.
ARG NODE_VERSION=26.10.0

FROM node:${NODE_VERSION}-slim AS build
ENV CI=true
WORKDIR /build
COPY . .
# The pages first, with the tools that make them; then nothing but what the processes need at run time. The routers take
# tRPC from whoever mounts them, and that is the api. Node runs no TypeScript below node_modules, and nobody reads maps there.
RUN --mount=type=cache,target=/root/.npm --mount=type=cache,target=/root/.local/share/pnpm \
    npx --yes pnpm@12.21.0 install --frozen-lockfile --filter '@greenroom/web...' \
    && npx --yes pnpm@12.21.0 --filter @greenroom/web run build
RUN --mount=type=cache,target=/root/.npm --mount=type=cache,target=/root/.local/share/pnpm \
    rm -rf node_modules apps/*/node_modules packages/*/node_modules \
    && npx --yes pnpm@12.21.0 install --frozen-lockfile --prod \
      --filter '@greenroom/api...' --filter '@greenroom/gateway...' --filter '@greenroom/worker...' \
    && mkdir -p node_modules/@trpc && ln -s ../../apps/api/node_modules/@trpc/server node_modules/@trpc/server \
    && find node_modules/.pnpm -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' \) -delete

FROM node:${NODE_VERSION}-slim AS run
LABEL org.opencontainers.image.title="Greenroom" \
      org.opencontainers.image.licenses="Apache-2.0"
# What only a demo may have stops the processes; whoever wants to look at a demo says DEPLOYMENT=demo. The user has no entry in
# /etc/passwd, and something always asks for its home.
ENV NODE_ENV=production \
    DEPLOYMENT=production \
    HOME=/tmp \
    WORKER_PORT=3002
WORKDIR /app
# All of it is root's: the processes can read it, and could not change it if the file system were writable.
COPY --from=build /build/package.json /build/LICENSE ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/packages/contract ./packages/contract
COPY --from=build /build/packages/oracles ./packages/oracles
COPY --from=build /build/packages/core ./packages/core
COPY --from=build /build/packages/router ./packages/router
COPY --from=build /build/apps/api ./apps/api
COPY --from=build /build/apps/gateway ./apps/gateway
COPY --from=build /build/apps/worker ./apps/worker
COPY --from=build /build/apps/web/dist ./apps/web/dist
COPY --from=build /build/deploy/image ./deploy/image
# where the worker appends events when no data platform takes them: a volume here starts with this owner
RUN install -d -o 10001 -g 10001 /data-platform
USER 10001:10001
EXPOSE 3000 3001 3002
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 CMD ["/app/deploy/image/greenroom", "healthy"]
ENTRYPOINT ["/app/deploy/image/greenroom"]
CMD ["api"]
