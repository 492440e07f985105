package webhooks

// LoopbackTransport is the default of Options.Transport.
var LoopbackTransport = loopbackTransport
