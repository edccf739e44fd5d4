package params

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"strings"
	"testing"
)

// read is a directory of two files, and standard input.
func read(name string) (string, error) {
	switch name {
	case "agenda.txt":
		return "first\nsecond\n", nil
	case "-":
		return "from stdin", nil
	}
	return "", fs.ErrNotExist
}

// list are typed fields; those that begin with raw: are not.
func list(texts ...string) []Field {
	var out []Field
	for _, text := range texts {
		raw, isRaw := strings.CutPrefix(text, "raw:")
		out = append(out, Field{Text: raw, Typed: !isRaw})
	}
	return out
}

func TestObject(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		fields []Field
		want   string
	}{
		{"none", nil, `{}`},
		{"types", list("a=true", "b=false", "c=null", "d=12", "e=-3", "f=text", "g="), `{"a":true,"b":false,"c":null,"d":12,"e":-3,"f":"text","g":""}`},
		{"texts that look like types", list("raw:a=true", "raw:b=12", "raw:c=@agenda.txt"), `{"a":"true","b":"12","c":"@agenda.txt"}`},
		{"digits are kept", list("id=98765432109876543210"), `{"id":98765432109876543210}`},
		{"passcodes are texts", list("password=007", "x=+1", "y=1.5", "z=-", "w=0"), `{"password":"007","w":0,"x":"+1","y":"1.5","z":"-"}`},
		{"value with = and brackets", list("q=a=b[c]", "raw:h=<&>"), `{"h":"<&>","q":"a=b[c]"}`},
		{"files", list("agenda=@agenda.txt", "topic=@-"), `{"agenda":"first\nsecond\n","topic":"from stdin"}`},
		{"nested", list("settings[waiting_room]=true", "settings[audio]=both", "settings[a][b]=1"), `{"settings":{"a":{"b":1},"audio":"both","waiting_room":true}}`},
		{"list", list("ids[]=1", "ids[]=two", "none[]"), `{"ids":[1,"two"],"none":[]}`},
		{"empty list, then filled", list("ids[]", "ids[]=1"), `{"ids":[1]}`},
		{
			"list of objects", list("m[][email]=a@x.example", "m[][role]=1", "raw:m[][email]=b@x.example", "m[][tags][]=1", "m[][tags][]=2"),
			`{"m":[{"email":"a@x.example","role":1},{"email":"b@x.example","tags":[1,2]}]}`,
		},
		{"null is a value", list("m[][a]=null", "m[][a]=1"), `{"m":[{"a":null},{"a":1}]}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Object(tt.fields, read)
			if err != nil || string(got) != tt.want {
				t.Errorf("got  %s, %v\nwant %s", got, err, tt.want)
			}
		})
	}
}

// TestWrong: what is wrong is said with the key, and without the value.
func TestWrong(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{
		`the field "topic" holds no value: write topic=VALUE`:                         {"topic"},
		`the field "a[b]" holds no value: write a[b]=VALUE`:                           {"a[b]"},
		`the field "" has no name: write KEY=VALUE, KEY[SUB]=VALUE or KEY[]=VALUE`:    {"=SECRET"},
		`the field "[a]" has no name: write KEY=VALUE, KEY[SUB]=VALUE or KEY[]=VALUE`: {"[a]=SECRET"},
		`the field "a]" has no name: write KEY=VALUE, KEY[SUB]=VALUE or KEY[]=VALUE`:  {"a]=SECRET"},
		`the field "a[b" has a bracket that is not closed`:                            {"a[b=SECRET"},
		`the field "a[b[c]]" has a bracket that is not closed`:                        {"a[b[c]]=SECRET"},
		`the field "a[b]c" has something between its brackets`:                        {"a[b]c=SECRET"},
		`the field "a[][]" is a list in a list: send the body with --input`:           {"a[][]=SECRET"},
		`the field "a" is given twice`:                                                {"a=1", "a=SECRET"},
		`the field "a[b]" is given as a value and as something with brackets`:         {"a=SECRET", "a[b]=1"},
		`the field "a[]" is given as a value and as something with brackets`:          {"a[b]=SECRET", "a[]=1"},
		`the field "a[b]" is given as a value and as something with brackets` + " ":   {"a[]=SECRET", "a[b]=1"},
		`the field "a" is given twice` + " ":                                          {"a[b]=SECRET", "a=1"},
		`the field "a" cannot be read from nothing.txt: file does not exist`:          {"a=@nothing.txt"},
		`the field "x` + strings.Repeat("[y]", 100) + `" goes too deep`:               {"x" + strings.Repeat("[y]", 100) + "=SECRET"},
	}
	for want, texts := range tests {
		_, err := Object(list(texts...), read)
		if wrong := (*Error)(nil); !errors.As(err, &wrong) || err.Error() != strings.TrimSpace(want) {
			t.Errorf("%q: %v\nwant %s", texts, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%q: the value is in the error: %v", texts, err)
		}
	}
	if _, err := Object(list("a=@nothing.txt"), read); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the cause is lost: %v", err)
	}
}

func TestQuery(t *testing.T) {
	t.Parallel()
	got, err := Query(list("page_size=300", "type=upcoming", "raw:q=a b&c", "ids[]=1", "ids[]=2", "x=null", "on=true"), read)
	if want := "page_size=300&type=upcoming&q=a+b%26c&ids%5B%5D=1&ids%5B%5D=2&x=&on=true"; err != nil || got != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
	for _, text := range []string{"topic", "a[]", "=1"} {
		if got, err := Query(list(text), read); err == nil {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// FuzzFields: any fields make valid JSON or an error, and a value of -f is never
// read from a file.
func FuzzFields(f *testing.F) {
	f.Add("a=1", "b[c]=@-", false)
	f.Add("a[][b]=1", "a[][b]=2", true)
	f.Add("a[]", "a[]=null", true)
	f.Add("a[b][]", "a[b][][c]=", true)
	f.Add("=", "][", true)
	f.Fuzz(func(t *testing.T, first, second string, isTyped bool) {
		fields := []Field{{first, isTyped}, {second, isTyped}}
		reads := func(string) (string, error) {
			if !isTyped {
				t.Error("a text was taken for the name of a file")
			}
			return "content", nil
		}
		if got, err := Object(fields, reads); err == nil && !json.Valid(got) {
			t.Errorf("%v became %s", fields, got)
		}
		if got, err := Query(fields, reads); err == nil {
			if _, err := url.ParseQuery(got); err != nil {
				t.Errorf("%v became %q: %v", fields, got, err)
			}
		}
	})
}
