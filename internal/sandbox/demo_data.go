package sandbox

import (
	"fmt"
	"strings"
	"time"
)

// The account and the people of the demo. The ids have the form of Zoom's.
const (
	demoUserID    = "zJKyaiAyTNC-MWjiWC18KQ"
	demoAccountID = "q6gBJVO5TzexKYTb_I2rpg"
	demoPMI       = 3542471135
	kenjiID       = "hT7pLw2cQ0uV9dNsX4kR1A"
	martaID       = "mB3xYf6eTrSg8JzKq5vH0w"
)

// newWorld makes the account as it is when the server starts. With count > 0 the user hosts that many
// generated meetings instead of the demo week.
func newWorld(base string, now time.Time, count int) *world {
	w := &world{base: base, seed: now.In(tokyo()).Format("2006-01-02")}
	w.users = demoUsers(base, now)
	b := builder{world: w, now: now.Truncate(time.Minute), day: startOfDay(now)}
	if count > 0 {
		b.generate(count)
	} else {
		b.week()
	}
	b.invitations()
	return w
}

// tokyo is the user's zone. Japan has no summer time, so no zone database is needed.
func tokyo() *time.Location { return time.FixedZone("Asia/Tokyo", 9*60*60) }

func startOfDay(t time.Time) time.Time {
	y, m, d := t.In(tokyo()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, tokyo())
}

// demoUsers are the owner of the account, a colleague, and somebody from outside.
func demoUsers(base string, now time.Time) []*user {
	aiko := &user{
		ID: demoUserID, AccountID: demoAccountID, AccountNumber: 1009876543,
		Email: "aiko@example.test", FirstName: "Aiko", LastName: "Tanaka", DisplayName: "Aiko Tanaka 田中 愛子",
		Type: 2, RoleID: "0", RoleName: "Owner", PMI: demoPMI, PersonalURL: fmt.Sprintf("%s/j/%d", base, demoPMI),
		Timezone: "Asia/Tokyo", Language: "jp-JP", Dept: "Developer Experience", Company: "Example K.K.",
		JobTitle: "Staff Engineer", Location: "Tokyo",
		CreatedAt: "2018-10-31T04:32:37Z", UserCreatedAt: "2018-10-31T04:32:37Z",
		LastLoginTime: now.Add(-2 * time.Hour).UTC().Format(apiTime), LastClientVersion: "6.6.1.12345(linux)",
		PicURL: base + "/p/aiko.svg", Verified: 1, Status: "active", Cluster: "us02",
		JID: strings.ToLower(demoUserID) + "@xmpp.example.test", LoginTypes: []int{100, 1},
		GroupIDs: []string{}, IMGroupIDs: []string{}, PronounsOption: 1,
		PhoneNumbers: []phoneNumber{{Country: "JP", Code: "+81", Number: "312345678", Label: "Office", Verified: true}},
	}
	kenji := *aiko
	kenji.ID, kenji.Email, kenji.JID = kenjiID, "kenji@example.test", strings.ToLower(kenjiID)+"@xmpp.example.test"
	kenji.FirstName, kenji.LastName, kenji.DisplayName = "Kenji", "Sato", "Kenji Sato"
	kenji.Type, kenji.RoleID, kenji.RoleName = 1, "2", "Member"
	kenji.PMI, kenji.PersonalURL, kenji.PicURL = 4417203358, base+"/j/4417203358", ""
	kenji.JobTitle, kenji.PhoneNumbers = "Engineer", nil
	marta := kenji
	marta.ID, marta.Email, marta.JID = martaID, "marta@example.test", strings.ToLower(martaID)+"@xmpp.example.test"
	marta.FirstName, marta.LastName, marta.DisplayName = "Marta", "Kowalska", "Marta Kowalska"
	marta.PMI, marta.PersonalURL, marta.Timezone = 6620914473, base+"/j/6620914473", "Europe/Warsaw"
	return []*user{aiko, &kenji, &marta}
}

// builder puts meetings into a world.
type builder struct {
	world *world
	now   time.Time // whole minute
	day   time.Time // today 00:00 in Tokyo
}

// add enters a meeting and fills in what follows from its topic and place in the list.
func (b *builder) add(m meeting) *meeting {
	name := fmt.Sprintf("%d %s", len(b.world.meetings), m.topic)
	if m.host == nil {
		m.host = b.world.owner()
	}
	if m.id == 0 {
		m.id = b.world.meetingID(name)
	}
	if m.typ == 0 {
		m.typ = typeScheduled
	}
	if len(m.occurrences) > 0 {
		m.start = m.occurrences[0].start
	}
	m.uuid, m.passcode = b.world.uuid(name), b.world.passcode(name)
	m.created = b.day.AddDate(0, 0, -9).Add(10*time.Hour + 7*time.Minute)
	b.world.meetings = append(b.world.meetings, &m)
	return &m
}

// in is a time from now.
func (b *builder) in(minutes int) time.Time { return b.now.Add(time.Duration(minutes) * time.Minute) }

// at is a time of a day in Tokyo, today being day 0.
func (b *builder) at(day, hour, minute int) time.Time {
	return b.day.AddDate(0, 0, day).Add(time.Duration(hour*60+minute) * time.Minute)
}

// generate enters meetings that are all to come, half an hour apart or closer if half a year would
// not hold them.
func (b *builder) generate(count int) {
	step := min(30*time.Minute, 170*24*time.Hour/time.Duration(count))
	for i := range count {
		b.add(meeting{
			topic: fmt.Sprintf("Generated meeting %04d", i+1), duration: 25,
			start: b.now.Add(30*time.Minute + time.Duration(i)*step),
		})
	}
}
