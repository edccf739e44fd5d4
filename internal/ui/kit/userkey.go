package kit

import "charm.land/bubbles/v2/key"

// UserKey chooses whose data a Server-to-Server app shows.
func UserKey() key.Binding { return bind("u", "whose data", "u") }
