//go:build !unix

package main

// coreLimit is nothing where a crash leaves no core file.
type coreLimit struct{}

func withoutCore() coreLimit { return coreLimit{} }

func (coreLimit) restore() {}
