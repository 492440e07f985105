// Package ssetransport delivers streams as Server-Sent Events.
package ssetransport
