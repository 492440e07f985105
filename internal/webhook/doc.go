// Package webhook receives HeyGen's webhooks.
package webhook
