// Package repotest holds tests of the repository as a whole: which package may
// import which, how large files and packages may be, and whether the tables of
// the documentation match the source. It has no code outside of tests.
package repotest
