package requests

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMatching(t *testing.T) {
	t.Parallel()
	all := []Call{
		{Seq: 5, Method: "GET", Path: "/v2/users/me/meetings?page_size=200", Status: 200, RateCategory: "Medium"},
		{Seq: 4, Method: "GET", Path: "/v2/users/me/upcoming_meetings", Status: 400, ZoomCode: 4711, TrackingID: "WEB_7"},
		{Seq: 3, Method: "POST", Path: "/oauth/token", Step: "refresh", Status: 200},
		{Seq: 2, Method: "GET", Path: "/v2/meetings/35424711", Failed: "timeout"},
		{Seq: 1, Method: "DELETE", Path: "/v2/meetings/1", Status: 204},
	}
	for filter, want := range map[string][]int{
		"":              {5, 4, 3, 2, 1},
		"!":             {4, 2},
		"failed":        {4, 2},
		"200":           {5, 3},
		"4xx":           {4},
		"4711":          {4, 2},
		"refresh":       {3},
		"GET meetings":  {5, 4, 2},
		"get ! me":      {4, 2},
		"timeout":       {2},
		"web_7":         {4},
		"nothing there": nil,
	} {
		t.Run(filter, func(t *testing.T) {
			t.Parallel()
			var got []int
			for _, c := range matching(all, filter) {
				got = append(got, c.Seq)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
