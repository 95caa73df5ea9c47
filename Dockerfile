# The site as an image: docker build -t my-site . && docker run -p 3000:3000 --env-file .env -v my-site:/data my-site
# Slow or no network to Docker Hub and npm? --build-arg NODE_IMAGE=... --build-arg npm_config_registry=...
ARG NODE_IMAGE=node:24-alpine

FROM ${NODE_IMAGE} AS build
ARG npm_config_registry
ENV CI=1
WORKDIR /src
COPY . .
RUN npx -y pnpm@12 install --frozen-lockfile
RUN npx -y pnpm@12 build

FROM ${NODE_IMAGE}
ENV STORE_URL=sqlite:/data/app.db DATABASE_URL=sqlite:/data/site.db MEDIA_URL=folder:/data/media
COPY --from=build /src/dist /app
RUN mkdir -p /data && chown 1000:1000 /data
# The only folder that is written to: run it with --read-only. Relative paths and .env are looked for in here.
VOLUME /data
WORKDIR /data
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["node", "/app/server.js", "health"]
CMD ["node", "/app/server.js"]
