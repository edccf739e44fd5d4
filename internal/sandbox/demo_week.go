package sandbox

import (
	"strings"
	"time"
)

// slot is a meeting of the working week: Zoom's weekly_days number (2 is Monday), time, minutes.
type slot struct {
	weekday      time.Weekday
	hour, minute int
	duration     int
	topic        string
}

// week enters what the user hosts: a day that is under way, recurring meetings, and two working
// weeks; some seventy rows are to come, so that a list of the default page size has three pages.
func (b *builder) week() {
	b.today()
	b.recurring()
	for day := -7; day < 14; day++ {
		weekday := b.day.AddDate(0, 0, day).Weekday()
		for _, s := range weekSlots() {
			if s.weekday == weekday {
				b.add(meeting{topic: s.topic, start: b.aside(b.at(day, s.hour, s.minute), s.duration), duration: s.duration})
			}
		}
	}
	b.add(meeting{
		topic: "Aiko Tanaka's Personal Meeting Room", typ: typePersonalRoom,
		id: demoPMI, pmi: "3542471135",
	})
	b.add(meeting{topic: "Open office – come in any time 🚪", typ: typeRecurring, duration: 60})
	b.add(meeting{topic: "読書会（日時は都度連絡）", typ: typeRecurring, duration: 90})
}

// today enters what lies around this very minute.
func (b *builder) today() {
	b.add(meeting{
		topic: "Incident review: token refresh storm", start: b.in(-18), duration: 45,
		agenda: "1. Timeline\n2. Why the lock was not taken\n3. What we change",
	})
	b.add(meeting{
		topic: "設計レビュー：OAuth コールバック 🔐", start: b.in(12), duration: 30,
		agenda: strings.Repeat("認可コードは一度しか使えません。", 20),
	})
	b.add(meeting{topic: "Release go / no-go 🚀", start: b.in(42), duration: 15})
	b.add(meeting{topic: "1:1 Aiko / Kenji", start: b.in(57), duration: 25})
	b.add(meeting{topic: "Customer call: Example Robotics (uses my PMI)", start: b.in(150), duration: 30, pmi: "3542471135"})
	b.add(meeting{topic: "Whiteboard session, open end", start: b.in(240)})
	b.add(meeting{topic: hostileTopic(), start: b.in(330), duration: 20})
	b.add(meeting{topic: longTopic(), start: b.in(400), duration: 50})
	b.add(meeting{topic: "👩‍💻👨‍👩‍👧‍👦🏳️‍🌈 emoji sync 🇯🇵🇵🇱", start: b.in(480), duration: 10})
}

// hostileTopic is what a terminal program must not pass on: colours, a title change, a clipboard
// write, a link, C1 controls, line breaks, a bell, bidi overrides and invisible characters.
func hostileTopic() string {
	return "\x1b[31mAll hands\x1b[0m \x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x1b]8;;https://evil.example.test\x1b\\click\x1b]8;;\x1b\\" +
		"\u009b2J\r\nsecond line\t\x00\u202egnp.exe\u202c \u2066isolated\u2069 \u200bzero\ufeffwidth\u2028end"
}

// longTopic is near Zoom's limit of 200 characters.
func longTopic() string {
	return "Quarterly planning with platform, mobile, web, security, support, docs and everybody else who owns a piece of the sign-in flow (please read the pre-read, bring numbers, and do not be late) 四半期計画会議"
}

// recurring enters the series; their rows share one id.
func (b *builder) recurring() {
	b.series(meeting{topic: "Daily standup", duration: 15, recurs: &recurrence{WeeklyDays: "2,3,4,5,6"}}, 9*60+30, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)
	b.series(meeting{topic: "週次ミーティング", duration: 60, recurs: &recurrence{WeeklyDays: "3"}}, 14*60, time.Tuesday)
	platform := b.series(meeting{topic: "Platform weekly ⟳", duration: 45, recurs: &recurrence{WeeklyDays: "5"}}, 16*60, time.Thursday)
	platform.occurrences[3].cancelled = true
}

// aside is the start of a meeting of so many minutes, two hours later if it fell into the hour that
// begins now: what is under way and what is next is that of [builder.today] at any time of any day.
func (b *builder) aside(start time.Time, minutes int) time.Time {
	if start.Before(b.in(60)) && start.Add(time.Duration(minutes)*time.Minute).After(b.now) {
		return start.Add(2 * time.Hour)
	}
	return start
}

// series enters a recurring meeting with its occurrences from last week to four weeks ahead, of which
// there are five at least.
func (b *builder) series(m meeting, minuteOfDay int, days ...time.Weekday) *meeting {
	m.typ = typeRecurringFixed
	for day := -7; day < 28; day++ {
		for _, wd := range days {
			if b.day.AddDate(0, 0, day).Weekday() == wd {
				at := b.at(day, 0, minuteOfDay)
				m.occurrences = append(m.occurrences, sitting{id: occurrenceID(at), start: b.aside(at, m.duration)})
			}
		}
	}
	m.recurs.Type, m.recurs.RepeatInterval = 2, 1
	m.recurs.EndDateTime = m.occurrences[len(m.occurrences)-1].start.UTC().Format(apiTime)
	return b.add(m)
}

// weekSlots are the single meetings of a working week.
func weekSlots() []slot {
	return []slot{
		{time.Monday, 10, 0, 30, "Week kick-off"},
		{time.Monday, 11, 0, 45, "API review: scopes"},
		{time.Monday, 13, 30, 30, "採用面接（一次）"},
		{time.Monday, 15, 0, 60, "Pairing: refresh lock"},
		{time.Tuesday, 10, 0, 30, "Support triage"},
		{time.Tuesday, 11, 0, 30, "Interview debrief"},
		{time.Tuesday, 15, 30, 30, "Docs hour 📚"},
		{time.Tuesday, 17, 0, 30, "Kraków / 東京 handover"},
		{time.Wednesday, 10, 30, 60, "Design review"},
		{time.Wednesday, 13, 0, 30, "Lunch & learn 🍱"},
		{time.Wednesday, 14, 0, 25, "1:1 Aiko / Marta"},
		{time.Wednesday, 16, 30, 60, "Threat model: device flow"},
		{time.Thursday, 10, 0, 45, "Roadmap"},
		{time.Thursday, 11, 0, 30, "勉強会の準備"},
		{time.Thursday, 13, 30, 45, "Partner sync"},
		{time.Thursday, 17, 0, 30, "Changelog wording"},
		{time.Friday, 10, 0, 30, "Metrics"},
		{time.Friday, 11, 0, 60, "Architecture hour"},
		{time.Friday, 14, 0, 30, "振り返り（レトロ）"},
		{time.Friday, 17, 0, 30, "Demo Friday 🎉"},
	}
}

// invitations enters what others host and the user is invited to in the next 24 hours.
func (b *builder) invitations() {
	kenji, marta := b.world.user(kenjiID), b.world.user(martaID)
	me := []string{demoUserID}
	b.add(meeting{topic: "Kenji: build times", host: kenji, invited: me, start: b.in(35), duration: 30})
	b.add(meeting{topic: "Vendor call (bring questions)", host: marta, invited: me, start: b.in(190), duration: 60})
	b.add(meeting{topic: "緊急：障害対応の進め方", host: kenji, invited: me, start: b.in(610), duration: 30, pmi: "4417203358"})
	b.add(meeting{topic: "Café ☕ without agenda", host: marta, invited: me, start: b.in(1200)})
	b.add(meeting{topic: "Company day", host: kenji, invited: me, start: b.at(1, 0, 0), duration: 24 * 60, allDay: true})
}
