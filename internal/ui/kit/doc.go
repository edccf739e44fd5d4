// Package kit holds what the screens share: keys, styles, layout in terminal
// cells, a scrolling list, and the one way a failure is drawn. It knows no
// screen and does no work of its own.
package kit
