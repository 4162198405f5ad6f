"""A small client of the Yimen API: what a foreign program needs to do casework with it."""

import http.client
import json
import os
import urllib.parse
import uuid


class Refused(Exception):
    """An answer that is no success, with the problem that explains it."""

    def __init__(self, method, path, status, problem):
        self.status = status
        self.problem = problem
        reasons = "; ".join(
            f"{refusal.get('pointer', '')} {refusal['code']}: {refusal.get('message', '')}"
            for refusal in problem.get("refusals", [])
        )
        super().__init__(f"{method} {path}: {status} {problem.get('code')} {reasons}")

    def has(self, code):
        return any(refusal["code"] == code for refusal in self.problem.get("refusals", []))


def record(method, path, data, response, text):
    """A line of JSON in the file that YIMEN_RECORD names, to be checked against the document."""
    name = os.environ.get("YIMEN_RECORD")
    if not name:
        return
    line = {
        "method": method,
        "target": path,
        "status": response.status,
        "answer_headers": dict(response.getheaders()),
        "answer_body": text.decode(),
    }
    if data is not None:
        line["body"] = data.decode()
    with open(name, "a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


class Client:
    """One logged-in account on one keep-alive connection."""

    def __init__(self, url, language="zh-CN"):
        address = urllib.parse.urlsplit(url)
        self._connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        self._language = language
        self._token = None

    def log_in(self, account, password):
        answer, _ = self.call(
            "POST", "/v1/sessions", {"account": account, "password": password, "bearer": True}
        )
        self._token = answer["token"]
        self.me, _ = self.call("GET", "/v1/me")
        return self

    def call(self, method, path, body=None, revision=None, key=None):
        """`key` where a request is one that was made before: it happens once."""
        headers = {"Accept-Language": self._language}
        if self._token:
            headers["Authorization"] = "Bearer " + self._token
        data = None
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode()
            headers["Content-Type"] = "application/json"
        if method == "POST":
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        if revision is not None:
            headers["If-Match"] = f'"r{revision}"'
        for attempt in (1, 2):
            try:
                self._connection.request(method, path, data, headers)
                response = self._connection.getresponse()
                break
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # The server ends a connection now and then; the key makes a repeat harmless.
                self._connection.close()
                if attempt == 2:
                    raise
        text = response.read()
        record(method, path, data, response, text)
        is_json = "json" in (response.getheader("Content-Type") or "")
        answer = json.loads(text) if is_json and text else {}
        if response.status >= 400:
            raise Refused(method, path, response.status, answer)
        return answer, response


class Casework:
    """Cases as clerks speak of them: who does what to which case."""

    def __init__(self, url):
        self.url = url
        self.clients = {}
        self._forms = {}

    def client(self, account, password=None):
        if account not in self.clients:
            self.clients[account] = Client(self.url).log_in(account, password)
        return self.clients[account]

    def person(self, account):
        return self.clients[account].me["person"]

    def look(self, account, case_id):
        return self.clients[account].call("GET", f"/v1/cases/{case_id}")[0]

    def example(self, account, case, name):
        """The first example of an action's form, so that only what matters need be given."""
        for action in case["actions"]:
            if action["name"] == name and "form" in action:
                digest = action["form"]
                if digest not in self._forms:
                    form = self.clients[account].call("GET", f"/v1/forms/{digest}")[0]
                    self._forms[digest] = form["examples"][0]
                return dict(self._forms[digest])
        return {}

    def _fill(self, account, case, name, data):
        filled = self.example(account, case, name)
        filled.update(data)
        return {member: value for member, value in filled.items() if value is not None}

    def take(self, account, case_id, event, **data):
        """Takes an event; explains lateness when it is asked for."""
        case = self.look(account, case_id)
        body = {"event": event, "data": self._fill(account, case, event, data)}
        client = self.clients[account]
        path = f"/v1/cases/{case_id}/transitions"
        try:
            return client.call("POST", path, body, case["revision"])[0]
        except Refused as refused:
            only_late = refused.has("lateness_reason_required") and (
                len(refused.problem["refusals"]) == 1
            )
            if not only_late:
                raise
            body["lateness_reason"] = "waiting_for_other_unit"
            return client.call("POST", path, body, case["revision"])[0]

    def put(self, account, case_id, annotation, **data):
        """Puts something on record."""
        case = self.look(account, case_id)
        body = {"annotation": annotation, "data": self._fill(account, case, annotation, data)}
        return self.clients[account].call("POST", f"/v1/cases/{case_id}/annotations", body)[0]

    def sign(self, account, case_id, choice="agree"):
        """Signs the proposal that waits."""
        case = self.look(account, case_id)
        waiting = [p for p in case["proposals"] if p["outcome"] == "open"]
        body = {"proposal": waiting[-1]["proposal"], "choice": choice}
        return self.clients[account].call("POST", f"/v1/cases/{case_id}/signoffs", body)[0]
