// An empty Go program: what the start of `zoomtui token` is compared with.
package main

func main() {}
