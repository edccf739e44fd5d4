package explain

import "slices"

// connectionRows: no answer came. (Long, as it is a table.) The causes are the words of Go's net, tls
// and http packages.
func connectionRows() []row {
	return []row{
		{
			cause: []string{"proxyconnect", "proxy authentication", "proxy error", "socks connect"}, class: Network,
			what: "The proxy did not let the call to {host} through.",
			why:  "{cause}.",
			next: []Step{
				{"Check HTTPS_PROXY and NO_PROXY, and the proxy's own address.", ActionDoctor},
				{"Try again.", ActionRetry},
			},
		},
		{
			cause: []string{"no such host", "server misbehaving", "temporary failure in name resolution", "name or service not known", "could not resolve", "enotfound", "eai_again", "getaddrinfo", "nodename nor servname", "lookup "}, class: Network,
			what: "The name {host} could not be looked up.",
			why:  "This machine is offline, or its DNS does not answer.",
			next: []Step{
				{"Check the network connection and the name server.", ActionDoctor},
				{"Try again.", ActionRetry},
			},
		},
		{
			cause: []string{"x509:", "tls:", "certificate", "ssl"}, class: Network,
			what: "The connection to {host} is not trusted.",
			why:  "Something between here and Zoom shows another certificate (a company proxy, a hotel's login page), or the root certificates or the clock are wrong: {cause}.",
			next: []Step{
				{"Behind a company proxy: point SSL_CERT_FILE to its root certificate.", ActionDoctor},
				{"On a guest network: open any page in a browser and log in there first.", ActionNone},
				{"Check this machine's clock.", ActionNone},
			},
		},
		{
			cause: []string{"connection refused", "actively refused", "econnrefused", "failed to connect", "couldn't connect to server"}, class: Network,
			what: "Nothing answers at {host}.",
			why:  "The connection was refused: a firewall, or a wrong base address in the settings.",
			next: []Step{
				{"Check the base addresses in the settings and the firewall.", ActionDoctor},
				{"Try again.", ActionRetry},
			},
		},
		{
			cause: []string{"network is unreachable", "no route to host", "host is down", "network is down", "enetunreach", "ehostunreach"}, class: Network,
			what: "There is no way to {host} from here.",
			why:  "The network is down, or this machine is offline.",
			next: []Step{
				{"Check the network connection.", ActionDoctor},
				{"Try again.", ActionRetry},
			},
		},
		{
			cause: []string{"deadline exceeded", "timeout", "timed out", "client.timeout", "etimedout"}, class: Network,
			what: "{host} did not answer in time.",
			why:  "The network or Zoom is slow, or something swallows the packets.",
			next: []Step{
				{"Try again.", ActionRetry},
				{"If it stays like this, check the way to Zoom.", ActionDoctor},
			},
		},
		{
			cause: []string{"connection reset", "econnreset", "socket hang up", "broken pipe", "unexpected eof", "eof", "closed network connection", "server closed"}, class: Network,
			what: "The connection to {host} broke off.",
			why:  "The other side or something in between closed it: {cause}.",
			next: []Step{
				{"Try again.", ActionRetry},
				{"If it stays like this, check the way to Zoom.", ActionDoctor},
			},
		},
	}
}

// answerRows: something answered, but not as Zoom does. (Long, as it is a table.) The causes are the
// words of the packages here that read answers.
func answerRows() []row {
	return []row{
		{
			cause: []string{"web page", "text/html"}, class: Network,
			what: "{host} answered with a web page instead of data.",
			why:  "That is a proxy, a guest network's login page, a wrong base address, or trouble at Zoom.",
			next: []Step{
				{"Check proxy, network and base addresses.", ActionDoctor},
				{"Try again.", ActionRetry},
			},
		},
		{
			cause: []string{"redirect"}, class: Network,
			what: "{host} sent the call to another address, and it was not followed.",
			why:  "A token goes to the configured host only: {cause}.",
			next: []Step{
				{"Check the base addresses, the proxy and the guest network's login page.", ActionDoctor},
			},
		},
		{
			cause: []string{"too large", "larger than"}, class: Other,
			what: "The answer of {host} is too large to read.",
			why:  "{cause}.",
			next: []Step{{"Ask for less at a time, for example a smaller page_size.", ActionRetry}},
		},
		{
			cause: []string{"empty answer", "empty body"}, class: Network,
			what: "{host} answered without content.",
			why:  "The answer to {op} should have been data.",
			next: tryLaterSteps(),
		},
		{
			cause: []string{"not valid json", "decode", "unmarshal", "invalid character", "unexpected end of json"}, class: Network,
			when: func(f Facts) bool { return f.HTTPStatus < 500 },
			what: "The answer of {host} could not be read.",
			why:  "It is not the data that was expected: {cause}.",
			next: []Step{
				{"Try again.", ActionRetry},
				{"If it stays like this, check the way to Zoom.", ActionDoctor},
			},
		},
		{
			cause: []string{"list without end", "repeated page"}, class: Other,
			what: "Zoom's list does not end.",
			why:  "{cause}.",
			next: []Step{{"Load the list again.", ActionRetry}},
		},
		{
			status: []int{408}, class: Network,
			what: "{host} did not answer in time.",
			why:  "It gave up waiting for the request.",
			next: []Step{{"Try again.", ActionRetry}},
		},
		{
			status: []int{407}, class: Network,
			what: "The proxy wants a password.",
			why:  "It refused the call before Zoom saw it.",
			next: []Step{{"Put user and password of the proxy into HTTPS_PROXY.", ActionDoctor}},
		},
		{
			status: []int{500}, class: Network,
			what: "Zoom has trouble of its own.",
			why:  "It answered {op} with a server error.",
			next: tryLaterSteps(),
		},
	}
}

// localRows are failures of this machine: the callback, the clock, the store
// and the settings.
func localRows() []row {
	return slices.Concat(callbackRows(), settingsFileRows(), keyringRows(), storeRows(), settingsRows())
}

// callbackRows: the browser came back, or could not. (Long, as it is a table.) RFC 6749
// sections 4.1.2.1 and 10.12.
func callbackRows() []row {
	return []row{
		{
			cause: []string{"state mismatch", "state does not", "state is not", "state is missing", "without state", "without a state", "wrong state", "other state", "another state", "no state", "belongs to another sign-in"}, class: SignIn,
			what: "That address belongs to another sign-in.",
			why:  "Its state is missing or is not ours: it came from Zoom's own \"Add\" or \"Local test\" page, from an old tab, or from a stranger.",
			next: []Step{
				{"Use the link that is shown here; each new sign-in ends the older links.", ActionSignIn},
			},
		},
		{
			oauth: []string{"access_denied"}, cause: []string{"access_denied", "declined"}, class: SignIn,
			what: "The sign-in was declined.",
			why:  "Someone pressed Decline on Zoom's page, or a policy of the account refused the app.",
			next: []Step{{"Sign in again and press Allow.", ActionSignIn}},
		},
		{
			cause: []string{"clock is", "clock differs", "clock skew"}, class: Other,
			what: "This machine's clock differs from Zoom's.",
			why:  "{cause}. Zoom's time is used for the countdowns meanwhile.",
			next: []Step{{"Set the clock: timedatectl set-ntp true", ActionDoctor}},
		},
		{
			cause: []string{"address already in use", "port is taken", "port busy", "eaddrinuse", "only one usage of each socket address"}, class: Usage,
			what: "The port for the callback is taken.",
			why:  "Another program, or another sign-in, listens there: {cause}.",
			next: []Step{
				{"Sign in again; for a numeric loopback address the next free port does, Zoom ignores the port there.", ActionSignIn},
				{"Or set another port as listen.", ActionSetup},
			},
		},
		{
			cause: []string{"sign-in timed out", "sign-in ran out", "link ran out", "link expired"}, class: SignIn,
			what: "The sign-in link has run out.",
			why:  "A link is good for a few minutes only.",
			next: []Step{{"Sign in again.", ActionSignIn}},
		},
		{
			cause: []string{"no sign-in is waiting"}, class: SignIn,
			what: "No sign-in is waiting.",
			why:  "Nobody waits in another terminal of this user, or that sign-in is over.",
			next: []Step{{"Begin one, open its link, and bring the address of the browser's last page.", ActionSignIn}},
		},
		{
			cause: []string{"a short code needs an app with a client secret"}, class: Usage,
			what: "Short codes are for apps with a client secret.",
			why:  "Zoom gives none to the app of this profile, which has no secret.",
			next: []Step{{"The link, the page for a phone and pasting work all the same.", ActionNone}},
		},
		{
			op: "open the page for a phone", cause: []string{""}, class: Usage,
			what: "The page for a phone cannot be opened.",
			why:  "{cause}.",
			next: []Step{{"The other ways to sign in go on.", ActionNone}},
		},
	}
}

// settingsRows: what a person set, typed or pasted.
func settingsRows() []row {
	return []row{
		{
			cause: []string{"address not allowed for a token"}, class: Usage,
			what: "No token goes to {host}.",
			why:  "{cause}.",
			next: []Step{{"Correct the API base in the settings.", ActionSetup}},
		},
		{
			cause: []string{"not a path of the api"}, class: Usage,
			what: "That is no path of Zoom's API.",
			why:  "A path begins with a slash, has no host and no blank, as in /users/me.",
			next: []Step{{"Correct the path; the catalogue lists all of them.", ActionScopes}},
		},
		{
			op: "read paste", class: Usage,
			what: "The pasted text does not complete the sign-in.",
			why:  "{cause}.",
			next: []Step{{"Copy the whole address that the browser ended on, and paste it here.", ActionNone}},
		},
		{
			cause: []string{"moved to another machine"}, class: SignIn,
			what: "This sign-in has moved to another machine.",
			why: "{cause}. Its refresh token works once, so two machines that both refresh would end it for both; " +
				"the copy here is kept and not used.",
			next: []Step{
				{"Use it there. To work here as well, sign in here again, best with a Zoom app of its own.", ActionSignIn},
				{"Never taken over there? Take the mark back: {fix}", ActionNone},
			},
		},
		{
			cause: []string{"refresh was not allowed", "refresh not done"}, class: SignIn,
			what: "The stored access token is too old.",
			why:  "{cause}.",
			next: []Step{{"Try again with the refresh allowed.", ActionRetry}},
		},
		{
			cause: []string{"no client id", "client_id is not set", "no client_id", "no app", "no profile", "client id is missing"}, class: Usage,
			what: "No Zoom app is set up for this profile.",
			why:  "{cause}.",
			next: []Step{
				{"Set up the app: client id, kind and return address.", ActionSetup},
				{"For scripts: set ZOOM_CLIENT_ID.", ActionNone},
			},
		},
	}
}

// checkRows are what a test of an app finds out and no single answer of Zoom's
// says. The causes are the words of package auth.
func checkRows() []row {
	return []row{
		{
			cause: []string{"wants a client secret"}, class: Usage,
			what: "Zoom knows the client id, but wants a client secret with it.",
			why:  "{cause}.",
			next: []Step{
				{"With an app that has a secret: give the secret as well.", ActionSetup},
				{"Without one: enter the Public Client ID, which stands below the Client ID in App Credentials.", ActionSetup},
			},
		},
		{
			cause: []string{"does not accept the client secret"}, class: Usage,
			what: "Zoom knows the client id, but refuses the client secret.",
			why:  "{cause}.",
			next: []Step{{"Enter the secret that stands beside the client id in App Credentials.", ActionSetup}},
		},
		{
			cause: []string{"not with this account id"}, class: Usage,
			what: "Zoom knows the app, but refuses the account id.",
			why:  "{cause}.",
			next: []Step{{"Enter the account id that stands above the client id in App Credentials.", ActionSetup}},
		},
	}
}
