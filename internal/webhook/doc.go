// Package webhook receives HeyGen's webhooks. It verifies the signature, the time and the id of each delivery, and passes
// the ids that an avatar event mentions to a callback, which loads these resources again. An event is a signal only: HeyGen
// does not document the fields of its data, and so none of them is used as the state of a resource.
//
// HeyGen signs the body, and neither the time nor the id in the header. An attacker who has seen a delivery can therefore
// repeat it with another Heygen-Timestamp after the hour for which its event_id is remembered, or the hash of a body without
// one. This polls the watched avatars that the body names, or all watched ones
// if it names none of them, each at most once a second.
package webhook
