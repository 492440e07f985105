package tracing

import "time"

// SetShutdownTimeout replaces the 5 s of [Tracing.Shutdown].
func (t *Tracing) SetShutdownTimeout(timeout time.Duration) { t.shutdownTimeout = timeout }
