package model

// InputError is an argument or variable that cannot be what it has to be. Its
// reason is a sentence for the caller.
type InputError struct{ Reason string }

func (e *InputError) Error() string { return e.Reason }
