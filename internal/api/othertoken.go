package api

import "context"

// otherTokenKey is the key of WithOtherToken in a context.
type otherTokenKey struct{}

// WithOtherToken says that the calls that are made with the context carry another
// token than the profile's, so that nobody takes their answers for answers to that
// one: see [Call].OtherToken.
func WithOtherToken(ctx context.Context) context.Context {
	return context.WithValue(ctx, otherTokenKey{}, true)
}

func hasOtherToken(ctx context.Context) bool {
	other, _ := ctx.Value(otherTokenKey{}).(bool)
	return other
}
