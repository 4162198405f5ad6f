"""How a case comes to stand in each state: journeys as lists of steps, the same for every category.

A journey is a generator. It yields the number of days it has to wait for, so that many cases can
travel side by side while the sample clock moves forward.
"""

DIGEST = "0123456789abcdef" * 4
CATEGORIES = {
    "subsistence_allowance": ("civil_affairs_office", "county"),
    "subsistence_allowance_edge": ("civil_affairs_office", "county"),
    "extreme_poverty_support": ("civil_affairs_office", "county"),
    "rigid_expenditure": ("civil_affairs_office", "county"),
    "temporary_relief": ("civil_affairs_office", "local"),
    "medical": ("social_security_office", "county"),
    "education": ("economic_development_office", "none"),
    "housing": ("urban_construction_office", "county"),
    "employment": ("social_security_office", "none"),
    "disaster": ("emergency_office", "county"),
    "unattended_child": ("civil_affairs_office", "county"),
    "disability_subsidy": ("disabled_federation", "county"),
    "poverty_monitoring": ("rural_revitalization_office", "county"),
    "other": ("civil_affairs_office", "local"),
}
DOCUMENTS = {
    "subsistence_allowance": ("application", "authorisation", "investigation_form"),
    "subsistence_allowance_edge": ("application", "authorisation", "investigation_form"),
    "extreme_poverty_support": (
        "application", "authorisation", "investigation_form", "self_care_assessment"),
    "rigid_expenditure": (
        "application", "authorisation", "investigation_form", "expenditure_proof"),
    "temporary_relief": ("application", "authorisation", "investigation_form"),
    "medical": ("application", "authorisation", "medical_proof"),
    "education": ("application", "student_proof"),
    "housing": ("application", "authorisation", "housing_assessment"),
    "employment": ("application",),
    "disaster": ("application", "disaster_proof"),
    "unattended_child": ("application", "guardianship_proof"),
    "disability_subsidy": ("application", "disability_certificate"),
    "poverty_monitoring": ("application", "authorisation", "investigation_form"),
    "other": ("application", "investigation_form"),
}
STATES = (
    "discovered", "village_review", "declined_by_village", "reported_to_station", "joint_review",
    "referred_out", "assigned_to_department", "handled", "explained", "publicized",
    "objection_review", "escalated_to_county", "archived", "withdrawn",
)


class Journey:
    """One case on its way, with the accounts of its village and its department."""

    def __init__(self, work, clock, lead):
        self.work = work
        self.clock = clock
        self.village = lead["village"]
        self.category = lead["category"]
        self.subject = lead["person"]
        self.household = lead["household"]
        self.outside = lead.get("outside", False)
        self.restricted = lead.get("restricted", "none")
        self.department, self.approval = CATEGORIES[self.category]
        self.villager = f"{self.village}_worker"
        self.village_head = f"{self.village}_commander"
        self.clerk = f"{self.department}_clerk"
        self.head = f"{self.department}_head"
        self.list_number = lead.get("list_number", "2026-03-001")
        self.id = None

    # ---- the stages of the way -------------------------------------------------------------------

    def discover(self, account=None, **more):
        facts = {
            "channel": "patrol",
            "place": {"village": self.village, "registered_outside": self.outside},
            "subject": self.subject,
            "household": self.household,
            "key_category": "other",
            "category": self.category,
            "known": "走访得知家中近来困难，需要进一步核实。",
            "emergency": False,
            "restricted": self.restricted,
            "authorisation": True,
        }
        facts.update(more)
        client = self.work.clients[account or self.villager]
        answer, _ = client.call("POST", "/v1/cases", {"procedure": "assistance", "facts": facts})
        self.id = answer["id"]
        return answer

    def put(self, account, annotation, **data):
        return self.work.put(account, self.id, annotation, **data)

    def take(self, account, event, **data):
        return self.work.take(account, self.id, event, **data)

    def visit(self):
        people = [self.work.person(self.villager), self.work.person(self.village_head)]
        self.put(self.villager, "record_visit", kind="home", visitors=people)

    def village_meeting(self, decision="agree"):
        agreed = decision == "agree"
        self.put(
            self.village_head, "record_meeting", kind="village_review", members_due=7, present=6,
            recused=1, votes_for=5 if agreed else 1, votes_against=0 if agreed else 4, abstained=0,
            relatives_recused=True, decision=decision, held_on=self.clock.now_text(),
        )

    def submit(self):
        self.discover()
        self.visit()
        self.take(self.villager, "submit_for_review")

    def to_station(self):
        if self.restricted != "none":
            self.discover()
            self.visit()
            self.take(self.village_head, "report_restricted", kind=self.restricted)
            return
        self.submit()
        self.village_meeting()
        self.take(self.village_head, "agree")

    def accept(self):
        self.take("station_clerk", "accept", category=self.category, basis="application")

    def to_department(self):
        self.to_station()
        self.accept()
        self.assign()

    def assign(self):
        self.take("station_clerk", "assign", unit=self.department, list_number=self.list_number)

    def investigate(self, opinion="eligible"):
        people = [self.work.person(self.clerk), self.work.person(self.head)]
        self.put(self.clerk, "record_investigation", investigators=people, relatives=False)
        self.put(self.clerk, "record_matching")
        self.put(self.clerk, "record_opinion", opinion=opinion)

    def handle(self):
        self.take(self.clerk, "sign_for")
        self.investigate()
        self.put(self.clerk, "record_measure", kind="one_off_cash",
                 amount={"amount": "600.00", "currency": "CNY"})
        for kind in DOCUMENTS[self.category]:
            self.put(self.clerk, "attach", document_kind=kind, digest=DIGEST)
        self.take(self.clerk, "handle")
        self.work.sign(self.head, self.id)

    def exempt(self):
        self.put("deputy_commander", "exempt_from_notice",
                 ground="child" if self.restricted == "child" else "objects_with_reason",
                 proposer=self.work.person("station_clerk"))

    def publish(self):
        shown = "full_name" if self.restricted == "none" else "masked"
        self.take("station_clerk", "publish", kind="pre_approval", place=["village_board"],
                  content={"applicant_shown": shown, "members": 3, "category": self.category,
                           "fields": ["applicant", "village", "members", "category"]})
        self.put(self.villager, "post_notice", kind="pre_approval", place="village_board",
                 starts_on=self.clock.today(), days=7, unit="calendar_days", proof=DIGEST)

    def station_decision(self):
        self.put("station_director", "record_meeting", kind="station_decision", members_due=5,
                 present=5, recused=0, votes_for=5, votes_against=0, abstained=0,
                 relatives_recused=True, decision="report_to_county", held_on=self.clock.now_text())

    def escalate(self):
        self.station_decision()
        self.take("commander", "escalate", purpose="approval")

    def approve(self):
        if self.approval == "local":
            self.take("deputy_commander", "approve")
        elif self.approval == "county":
            self.escalate()
            self.take("county_liaison", "county_approve", document=DIGEST,
                      document_number="城民政发〔2026〕18号")

    def deliver(self):
        self.put("finance_office_clerk", "record_payment",
                 amount={"amount": "600.00", "currency": "CNY"}, paid_on=self.clock.today())
        self.put(self.clerk, "record_delivery", what="money", on=self.clock.now_text(),
                 to=self.subject, proof=DIGEST)
        self.put(self.villager, "post_long_term_notice", place="village_board", proof=DIGEST)

    def explain(self, account, ground="not_eligible_after_investigation"):
        self.take(account, "explain", ground=ground,
                  delivered={"on": self.clock.now_text(), "how": "in_person", "to": self.subject,
                             "answer": "accepted"})

    # ---- whole ways ------------------------------------------------------------------------------

    def travel(self, state):
        """To the state, yielding the days that have to pass."""
        return getattr(self, "to_" + state)()

    def to_discovered(self):
        self.discover()
        yield from ()

    def to_village_review(self):
        self.submit()
        yield from ()

    def to_declined_by_village(self):
        self.submit()
        self.village_meeting("decline")
        self.take(self.village_head, "decline")
        yield from ()

    def to_reported_to_station(self):
        self.to_station()
        yield from ()

    def to_joint_review(self):
        self.to_station()
        self.accept()
        self.take("station_director", "refer_to_joint_review")
        yield from ()

    def to_referred_out(self):
        self.outside = True
        self.to_station()
        self.accept()
        self.take("station_clerk", "refer_out")
        yield from ()

    def to_assigned_to_department(self):
        self.to_department()
        yield from ()

    def to_handled(self):
        self.to_department()
        self.handle()
        yield from ()

    def to_explained(self):
        self.to_department()
        self.take(self.clerk, "sign_for")
        self.investigate("ineligible")
        self.explain(self.clerk)
        self.work.sign(self.head, self.id)
        yield from ()

    def to_publicized(self):
        self.to_department()
        self.handle()
        self.publish()
        yield from ()

    def to_objection_review(self):
        yield from self.to_publicized()
        yield 1
        self.take("station_clerk", "object", made_on=self.clock.now_text())

    def to_escalated_to_county(self):
        yield from self.to_publicized()
        yield 10
        self.escalate()

    def to_archived(self):
        yield from self.to_publicized()
        yield 10
        self.approve()
        self.deliver()
        self.take("station_clerk", "archive")

    def to_withdrawn(self):
        self.to_station()
        self.take("station_director", "withdraw", reason="applicant_withdrew", evidence=DIGEST,
                  duplicate_of=None)
        self.work.sign("deputy_commander", self.id)
        yield from ()

