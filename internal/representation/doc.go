// Package representation has what RFC 9110 says of representations and this server needs
// in several places: the content coding that a client accepts, bodies that are
// compressed once and sent many times, and entity tags.
package representation
