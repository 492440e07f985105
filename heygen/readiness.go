package heygen

// Readiness says whether a video can be made from a look.
type Readiness struct {
	State  ReadinessState
	Reason ReadinessReason // why it is not [Ready]; empty when it is
}

// ReadinessState is the short of it.
type ReadinessState string

// The states.
const (
	Ready            ReadinessState = "ready"
	NotReady         ReadinessState = "not_ready"
	ReadinessUnknown ReadinessState = "unknown"
)

// ReadinessReason is why a look is not ready, or not known to be.
type ReadinessReason string

// The reasons.
const (
	NotTrained   ReadinessReason = "processing"      // training is under way
	NoConsent    ReadinessReason = "pending_consent" // the person shown has not agreed yet
	NotTrainable ReadinessReason = "failed"          // training ended without a result
	NoPreview    ReadinessReason = "no_preview"      // trained, and there is no preview image yet
	NoDimensions ReadinessReason = "no_dimensions"   // trained, and the size of its image is not known yet
	OtherReason  ReadinessReason = "other"           // a status never seen before
)

// Readiness is worked out from the status, and not from the preview alone: that
// may show long before a video can be made. Where HeyGen gives a status, what
// is trained must have its preview image and its size as well. Where it gives
// none, as for its presets, there was nothing to train and the look is ready.
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
		case l.PreviewImageURL == nil || *l.PreviewImageURL == "":
			return Readiness{NotReady, NoPreview}
		case l.ImageWidth == nil || l.ImageHeight == nil || *l.ImageWidth == 0 || *l.ImageHeight == 0:
			return Readiness{NotReady, NoDimensions}
		}
		return Readiness{State: Ready}
	default:
		return Readiness{ReadinessUnknown, OtherReason}
	}
}
