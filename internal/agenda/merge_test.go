package agenda

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// at is a moment of Sunday 22 November 2026, UTC; hours may exceed a day.
func at(hour, minute int) time.Time {
	return time.Date(2026, time.November, 22, hour, minute, 0, 0, time.UTC)
}

func TestMerge(t *testing.T) {
	t.Parallel()
	weekly := Hosted{ID: 1, UUID: "u1==", Topic: "Weekly sync", Type: TypeRecurringFixed, Start: at(14, 0), Duration: 45 * time.Minute, Timezone: "Asia/Tokyo", JoinURL: "https://zoom.us/j/1"}
	weeklyMeeting := Meeting{ID: 1, UUID: "u1==", Topic: "Weekly sync", Type: TypeRecurringFixed, Start: at(14, 0), HasStart: true, End: at(14, 45), Duration: 45 * time.Minute, Timezone: "Asia/Tokyo", Role: Host, Recurring: true, JoinURL: "https://zoom.us/j/1"}
	with := func(m Meeting, change func(*Meeting)) Meeting {
		change(&m)
		return m
	}
	tests := map[string]struct {
		hosted  []Hosted
		invited []Invited
		want    []Meeting
	}{
		"nothing": {nil, nil, []Meeting{}},
		"in both lists: once, hosted, with the passcode of the other": {
			[]Hosted{weekly},
			[]Invited{{ID: 1, Topic: "another topic", Start: at(14, 0), Duration: time.Hour, JoinURL: "https://zoom.us/j/1?pwd=x", Passcode: "778899"}},
			[]Meeting{with(weeklyMeeting, func(m *Meeting) { m.Passcode = "778899" })},
		},
		"the same moment in another zone is the same start": {
			[]Hosted{weekly},
			[]Invited{{ID: 1, Start: at(14, 0).In(time.FixedZone("", 9*3600)), Passcode: "1"}},
			[]Meeting{with(weeklyMeeting, func(m *Meeting) { m.Passcode = "1" })},
		},
		"occurrences stay apart and share link and passcode": {
			[]Hosted{weekly, {ID: 1, Topic: "Weekly sync", Type: TypeRecurringFixed, Start: at(14+168, 0)}},
			[]Invited{{ID: 1, Start: at(14, 0), Passcode: "778899"}},
			[]Meeting{
				with(weeklyMeeting, func(m *Meeting) { m.Passcode = "778899" }),
				{ID: 1, Topic: "Weekly sync", Type: TypeRecurringFixed, Start: at(14+168, 0), HasStart: true, Role: Host, Recurring: true, JoinURL: "https://zoom.us/j/1", Passcode: "778899"},
			},
		},
		"a page that was sent twice":                     {[]Hosted{weekly, weekly}, nil, []Meeting{weeklyMeeting}},
		"an invitation":                                  {nil, []Invited{{ID: 2, Topic: "Budget", Type: TypeScheduled, Start: at(15, 0), Duration: time.Hour}}, []Meeting{{ID: 2, Topic: "Budget", Type: TypeScheduled, Start: at(15, 0), HasStart: true, End: at(16, 0), Duration: time.Hour, Role: Guest}}},
		"an own meeting in the list of invitations only": {nil, []Invited{{ID: 2, Start: at(15, 0), IsHost: true}}, []Meeting{{ID: 2, Start: at(15, 0), HasStart: true, Role: Host}}},
		"no duration: no end":                            {[]Hosted{{ID: 3, Start: at(9, 0)}}, nil, []Meeting{{ID: 3, Start: at(9, 0), HasStart: true, Role: Host}}},
		"recurring without a time comes last, without an end": {
			[]Hosted{{ID: 4, Topic: "Open door", Type: TypeRecurringOpen, Duration: time.Hour}, {ID: 3, Start: at(9, 0)}},
			nil,
			[]Meeting{{ID: 3, Start: at(9, 0), HasStart: true, Role: Host}, {ID: 4, Topic: "Open door", Type: TypeRecurringOpen, Duration: time.Hour, Role: Host, Recurring: true}},
		},
		"entries of a calendar without a number stay apart and share nothing": {
			nil,
			[]Invited{{Topic: "A", Start: at(9, 0), JoinURL: "https://a.test"}, {Topic: "B", Start: at(9, 0)}},
			[]Meeting{{Topic: "A", Start: at(9, 0), HasStart: true, Role: Guest, JoinURL: "https://a.test"}, {Topic: "B", Start: at(9, 0), HasStart: true, Role: Guest}},
		},
		"a whole day": {nil, []Invited{{ID: 5, Start: at(0, 0), AllDay: true}}, []Meeting{{ID: 5, Start: at(0, 0), HasStart: true, AllDay: true, Role: Guest}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, Merge(tt.hosted, tt.invited)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestMergeIsStable: the list on screen must not jump because Zoom sent it in another order.
func TestMergeIsStable(t *testing.T) {
	t.Parallel()
	hosted, invited := many(50)
	want := Merge(hosted, invited)
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		random.Shuffle(len(hosted), func(i, j int) { hosted[i], hosted[j] = hosted[j], hosted[i] })
		random.Shuffle(len(invited), func(i, j int) { invited[i], invited[j] = invited[j], invited[i] })
		if diff := cmp.Diff(want, Merge(hosted, invited)); diff != "" {
			t.Fatal(diff)
		}
	}
}

// many is n hosted meetings, some at once, some without a start, and a tenth of them as invitations too.
func many(n int) ([]Hosted, []Invited) {
	var hosted []Hosted
	var invited []Invited
	for i := range n {
		h := Hosted{ID: int64(i + 1), UUID: fmt.Sprint("u", i), Topic: fmt.Sprint("Meeting ", i%7), Type: TypeScheduled, Start: at(0, 0).Add(time.Duration(i*37%(n/2+1)) * time.Hour), Duration: 30 * time.Minute}
		if i%11 == 0 {
			h.Type, h.Start = TypeRecurringOpen, time.Time{}
		}
		hosted = append(hosted, h)
		if i%10 == 0 {
			invited = append(invited, Invited{ID: h.ID, Start: h.Start, Passcode: fmt.Sprint(i)}, Invited{ID: int64(n + i), Topic: "guest", Start: h.Start})
		}
	}
	return hosted, invited
}

func BenchmarkMergeAndGroup(b *testing.B) {
	hosted, invited := many(10_000)
	now := at(13, 47)
	for b.Loop() {
		GroupByDay(Upcoming(Merge(hosted, invited), now), now, time.UTC)
	}
}
