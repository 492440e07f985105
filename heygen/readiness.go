package heygen

// Readiness is whether a video can be made with a look.
type Readiness struct {
	State  ReadinessState
	Reason ReadinessReason // why it is not [Ready]; empty if it is
}

// ReadinessState is the state without its reason.
type ReadinessState string

// The states.
const (
	Ready            ReadinessState = "ready"
	NotReady         ReadinessState = "not_ready"
	ReadinessUnknown ReadinessState = "unknown"
)

// ReadinessReason is why a look is not ready, or not known to be ready.
type ReadinessReason string

// The reasons.
const (
	NotTrained   ReadinessReason = "processing"      // in training
	NoConsent    ReadinessReason = "pending_consent" // the person shown has not consented yet
	NotTrainable ReadinessReason = "failed"          // training ended without a result
	NoPreview    ReadinessReason = "no_preview"      // trained, and there is no preview image yet
	NoDimensions ReadinessReason = "no_dimensions"   // trained, and the size of its image is not known yet
	OtherReason  ReadinessReason = "other"           // an unknown status
)

// Readiness returns the readiness, which depends on the status and not only on the
// preview: that may exist long before a video can be made. If the look has a status,
// it must also have its preview image and its size. If it has none, as HeyGen's
// presets do, there was nothing to train and the look is ready.
func (l AvatarLook) Readiness() Readiness {
	if l.Status == nil {
		if l.Error != nil {
			return Readiness{NotReady, NotTrainable}
		}
		return Readiness{State: Ready}
	}
	switch *l.Status {
	case Processing:
		return Readiness{NotReady, NotTrained}
	case PendingConsent:
		return Readiness{NotReady, NoConsent}
	case Failed:
		return Readiness{NotReady, NotTrainable}
	case Completed:
		switch {
		case l.PreviewImageURL == nil || !IsHTTPURL(*l.PreviewImageURL): // it is not served
			return Readiness{NotReady, NoPreview}
		case l.ImageWidth == nil || l.ImageHeight == nil || *l.ImageWidth == 0 || *l.ImageHeight == 0:
			return Readiness{NotReady, NoDimensions}
		}
		return Readiness{State: Ready}
	default:
		return Readiness{ReadinessUnknown, OtherReason}
	}
}
