// Package term knows the terminal and the machine the program runs on: what text is safe to show there, which characters
// it is known to draw, whether a browser can be opened from here, and how to reach this machine from another one.
//
// Nothing in it decides by the environment or the clock behind the caller's back: FromEnv is handed a function that reads
// variables, NewOpener the Machine that came of it.
package term
