package explain

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"slices"
)

// Of explains any error. One that carries [Facts] is looked up in the table; a
// cancelled context is [Cancelled] wherever it is in the chain; time limits
// and errors of the network are [Network]; errors of the file system are
// [Store]; the rest is [Other]. Of(nil) is the zero Problem.
func Of(err error) Problem {
	if err == nil {
		return Problem{}
	}
	f := factsOf(err)
	if errors.Is(err, context.Canceled) {
		f.Class = Cancelled
		return cancelled().problem(f)
	}
	return About(f)
}

// About explains facts that need no error, such as those of a pasted answer.
func About(f Facts) Problem {
	if f.Class == Cancelled {
		return cancelled().problem(f)
	}
	if r, ok := find(rowsFor(f), f); ok {
		return r.problem(f)
	}
	return byClass(f).problem(f)
}

// rowsFor gives the rows to search for a place.
func rowsFor(f Facts) []row {
	switch f.Place {
	case PlaceToken:
		return slices.Concat(tokenRows(), apiRateRows(), connectionRows(), answerRows(), localRows())
	case PlaceDevice:
		return slices.Concat(deviceRows(), tokenRows(), apiRateRows(), connectionRows(), answerRows(), localRows())
	case PlaceAPI:
		return slices.Concat(apiRows(), connectionRows(), answerRows(), localRows())
	case PlaceBrowser:
		return slices.Concat(browserRows(), tokenRows())
	default:
		if f.Class == Network || f.HTTPStatus != 0 {
			return slices.Concat(checkRows(), apiRateRows(), connectionRows(), answerRows())
		}
		return slices.Concat(localRows(), connectionRows())
	}
}

// factsOf takes the facts from a carrier, or gathers what the chain shows.
func factsOf(err error) Facts {
	if carrier, ok := errors.AsType[Carrier](err); ok {
		f := carrier.Facts()
		if f.Place == "" {
			f.Place = PlaceLocal
		}
		if f.Cause == "" && f.Message == "" && f.HTTPStatus == 0 {
			f.Cause = err.Error()
		}
		return f
	}
	f := Facts{Place: PlaceLocal, Cause: err.Error()}
	if call, ok := errors.AsType[*url.Error](err); ok {
		f.Class, f.Cause, f.Host = Network, call.Err.Error(), hostOf(call.URL)
		if call.Op == "parse" {
			f.Class = Usage
		}
		return f
	}
	if file, ok := errors.AsType[*fs.PathError](err); ok {
		f.Path, f.Class = file.Path, classOfFile(err)
		return f
	}
	if isNetwork(err) {
		f.Class = Network
	}
	return f
}

// classOfFile tells a file that was named wrongly from one that cannot be used.
func classOfFile(err error) Class {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Usage
	case errors.Is(err, fs.ErrPermission):
		return Store
	}
	return Other
}

// isNetwork tells a time limit by what the error can do, as this package does
// not import net. The other errors of the network are known by their words.
func isNetwork(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	e, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err)
	return ok && e.Timeout()
}

// hostOf keeps the host of an address and drops its query, which may hold a
// code.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
