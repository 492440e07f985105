package model

// InputError reports an invalid value of an argument or variable.
type InputError struct {
	Reason string // a sentence for the client
}

func (e *InputError) Error() string { return e.Reason }
