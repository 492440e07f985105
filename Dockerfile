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
RUN go mod download
COPY . .
ARG TARGETOS TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags='-s -w' -o /image/heygen-graphql .
RUN .ci/third-party-licenses >/image/THIRD_PARTY_LICENSES.txt && cp LICENSE /image/

FROM scratch
COPY --from=build /image/ /
# CA certificates, to verify api.heygen.com.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
USER 65534:65534
# Loopback would be reachable only within the container.
ENV LISTEN_ADDR=:8080
EXPOSE 8080
ENTRYPOINT ["/heygen-graphql"]
