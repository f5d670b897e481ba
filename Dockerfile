# The gateway as an image: `docker build --tag pipeline-gateway .`

FROM node:24-slim AS build
WORKDIR /gateway
COPY package.json package-lock.json .npmrc ./
# No package needs its install script here: the one of `node` would bring what the image has already.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm run prepare && npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
WORKDIR /gateway
COPY --from=build /gateway/package.json ./
COPY --from=build /gateway/node_modules ./node_modules
COPY --from=build /gateway/schema ./schema
COPY --from=build /gateway/dist ./dist
COPY --from=build /gateway/dist-graphiql ./dist-graphiql
# Beyond loopback the gateway starts only where somebody says who gets in; see docs/configuration.md.
ENV HOST=0.0.0.0 PORT=4000 GATEWAY_MODE=production
EXPOSE 4000
USER node
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
