package main

import (
	"context"

	"zoomtui/internal/config"
	"zoomtui/internal/ui"
)

// List gives the profiles of the configuration as it is now, with what is known
// here of each.
func (b *board) List(context.Context) ([]ui.ProfileRow, error) {
	cfg, err := b.cli.loadConfig()
	if err != nil {
		return nil, err
	}
	var rows []ui.ProfileRow
	for _, r := range b.cli.profileRows(cfg) {
		rows = append(rows, ui.ProfileRow{
			Name: r.Name, Kind: r.Kind, ClientTail: tail(r.ClientID), Who: clean(r.User.DisplayName), SignedIn: r.SignedIn,
			Default: r.Default, Trouble: r.Trouble, SameClient: r.SameClientID,
			Standing: r.standing(), EndsIn: r.ends.Sub(b.cli.clock()),
		})
	}
	return rows, nil
}

// standing is what the list says of a sign-in beside who it is.
func (r profileRow) standing() ui.Standing {
	switch {
	case r.State == signInMoved:
		return ui.StandingMoved
	case r.State == signInEnded && r.ended.Equal(r.ends):
		return ui.StandingOld
	case r.State == signInEnded:
		return ui.StandingEnded
	case r.State == signInEndsSoon:
		return ui.StandingEndsSoon
	default:
		return ""
	}
}

// Open makes another profile ready. The one that was on the screen stays open
// until the end: a refresh may be under way.
func (b *board) Open(ctx context.Context, name string) (ui.Deps, error) {
	cfg, err := b.cli.loadConfig()
	if err != nil {
		return ui.Deps{}, err
	}
	p, err := cfg.Named(name)
	if err != nil {
		return ui.Deps{}, err
	}
	o, err := b.cli.openProfile(p, b.command())
	if err != nil {
		return ui.Deps{}, err
	}
	return b.show(ctx, o), nil
}

// userChooser keeps which user a Server-to-Server app shows.
type userChooser struct{ *opened }

// UseUser takes effect at once, and stays for the next start where the profile
// is one of config.toml.
func (u userChooser) UseUser(ctx context.Context, user string) error {
	cfg, err := u.cli.loadConfig()
	if err != nil {
		return err
	}
	if _, inFile := cfg.InFile(u.profile.Name); inFile {
		if err := config.Edit(ctx, cfg.Path(), config.SetKey(u.profile.Name, "user", user)); err != nil {
			return err
		}
	}
	u.whose.Store(&user)
	return u.cache.clear() // it is somebody else's
}
