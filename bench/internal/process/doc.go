// Package process runs the servers that are compared, each as a process of its
// own, and tells what they have used.
package process
