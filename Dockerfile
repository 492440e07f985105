# syntax=docker/dockerfile:1
# An image with only the server: no shell, no root.
#
#   docker build -t heygen-graphql .
#   docker run --rm -p 127.0.0.1:8080:8080 -e HEYGEN_SANDBOX=true -e ALLOW_ANONYMOUS=true heygen-graphql
#
# docs/running.md documents how to pass the API key. This file is untested, as the
# test environment has no container builder. .ci/chroot-smoke-test runs the binary
# as the image would.
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG TARGETOS TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags='-s -w' -o /image/heygen-graphql .
# The licenses are read from the module cache, which is mounted, and not in a layer.
RUN --mount=type=cache,target=/go/pkg/mod .ci/third-party-licenses >/image/THIRD_PARTY_LICENSES.txt && cp LICENSE /image/

FROM scratch
COPY --from=build /image/ /
# CA certificates, to verify api.heygen.com.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
USER 65534:65534
# Loopback would be reachable only within the container.
ENV LISTEN_ADDR=:8080
EXPOSE 8080
# HEALTHCHECK needs a program in the image that sends a request, and there is none: let
# the orchestrator call /healthz and /readyz.
ENTRYPOINT ["/heygen-graphql"]
# Last, as they change with each build.
ARG VERSION=devel REVISION=unknown CREATED=unknown
LABEL org.opencontainers.image.title="heygen-graphql" \
      org.opencontainers.image.description="HeyGen's AI avatars, their looks and voices, over GraphQL" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.created="$CREATED"
