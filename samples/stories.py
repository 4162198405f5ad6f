"""Six cases told step by step, as a clerk would tell them."""

import datetime

from client import Refused
from journeys import DIGEST, Journey


class Teller:
    """Prints each step with the day and hour at which it happens."""

    def __init__(self, clock):
        self.clock = clock

    def title(self, text, english):
        print(f"\n── {text} ({english})", flush=True)

    def tell(self, who, what, english):
        print(f"  {self.clock.local_text()}  {who}：{what}  ({english})", flush=True)


def expect(state, case, wanted):
    if case["state"] != wanted:
        raise SystemExit(f"{state}: expected {wanted}, found {case['state']}")


def ordinary(work, clock, lead):
    """Village review, department, notice, county, long-term notice, archive."""
    teller, journey = Teller(clock), Journey(work, clock, lead)
    teller.title("一件普通低保", "an ordinary subsistence allowance")
    clock.move_to_working_hour(9)
    journey.discover()
    teller.tell("村级工作员", "走访发现一户困难家庭，登记线索", "a lead is entered")
    journey.visit()
    teller.tell("村级工作员", "两人入户核查", "two people visit the home")
    journey.take(journey.villager, "submit_for_review")
    try:
        journey.take(journey.village_head, "agree")
    except Refused as refused:
        teller.tell("系统", "未开会不能同意：" + refused.problem["refusals"][0]["message"],
                    "agreeing without a meeting is refused")
    clock.forward(days=1)
    journey.village_meeting()
    journey.take(journey.village_head, "agree")
    teller.tell("村级指挥长", "集体研究同意，报指挥站", "the village agrees and reports")
    answer = journey.accept() or work.look("station_clerk", journey.id)
    teller.tell("指挥站办公室", f"受理，编号 {answer['facts']['number']}", "accepted and numbered")
    journey.assign()
    teller.tell("指挥站办公室", "按清单交办民政办", "assigned by list")
    clock.forward(days=1)
    journey.put(journey.clerk, "suspend_clock", clock="statutory", reason="applicant_papers")
    teller.tell("民政办", "一次性告知补正材料，中止计时", "papers are missing: the clock stands still")
    clock.forward(days=1)
    journey.put(journey.clerk, "resume_clock", clock="statutory")
    journey.handle()
    teller.tell("民政办", "签收、调查、比对、拟定措施，负责人签批", "investigated and signed off")
    journey.publish()
    teller.tell("指挥站办公室", "公示 7 天，村里张贴", "a notice of seven days")
    try:
        journey.escalate()
    except Refused as refused:
        teller.tell("系统", "公示期未满不能上报：" + refused.problem["refusals"][0]["message"],
                    "too early to report")
    clock.forward(days=8)
    journey.take("commander", "escalate", purpose="approval")
    teller.tell("指挥长", "公示期满无异议，报县审批", "reported to the county")
    clock.forward(days=5)
    journey.take("county_liaison", "county_approve", document=DIGEST,
                 document_number="城民政发〔2026〕7号")
    teller.tell("县级联络员", "县里批准", "the county approves")
    journey.deliver()
    teller.tell("财政办、民政办", "发放到户，村里长期公示", "paid, delivered, long-term notice")
    expect("ordinary", journey.take("station_clerk", "archive"), "archived")
    teller.tell("指挥站办公室", "建档归卷", "archived")


def emergency(work, clock, lead):
    """Hours count round the clock; first help goes before papers."""
    teller, journey = Teller(clock), Journey(work, clock, lead)
    teller.title("半夜急难", "an emergency at midnight")
    clock.move_to_hour(23, 50)
    journey.discover("hotline_operator", channel="hotline", emergency=True)
    teller.tell("热线值班", "接到求助，登记急难线索", "an emergency on the hotline")
    journey.take("hotline_operator", "report_emergency",
                 suggested_department="civil_affairs_office")
    teller.tell("热线值班", "立即报指挥站，民政办同时看到", "reported at once")
    clock.forward(minutes=25)
    journey.put("deputy_commander", "record_relief", given_at=clock.now_text())
    teller.tell("副指挥长", "先行救助已送到", "first help is given")
    journey.accept()
    journey.assign()
    clock.move_to_working_hour(9)
    journey.handle()
    journey.exempt()
    teller.tell("民政办", "补齐手续；急难情形不作事前公示", "papers completed, notice exempted")
    journey.take("deputy_commander", "approve")
    journey.deliver()
    expect("emergency", journey.take("station_clerk", "archive"), "archived")
    teller.tell("指挥站办公室", "归档", "archived")


def declined(work, clock, lead):
    """The village says no; the station looks at it and calls it up."""
    teller, journey = Teller(clock), Journey(work, clock, lead)
    teller.title("村级未同意，指挥站调取", "declined by the village, called up by the station")
    clock.move_to_working_hour(10)
    journey.submit()
    journey.village_meeting("decline")
    journey.take(journey.village_head, "decline")
    teller.tell("村级指挥长", "集体研究未同意，说明原因", "declined, with the reason")
    clock.forward(days=1)
    journey.take("station_director", "call_up")
    teller.tell("指挥站办公室主任", "复核认为应予救助，调取办理", "called up")
    journey.accept()
    journey.assign()
    expect("declined", work.look("station_clerk", journey.id), "assigned_to_department")
    teller.tell("指挥站办公室", "受理并交办", "accepted and assigned")


def explained(work, clock, lead):
    """Not eligible: told why, told the remedy, counted in the month's figures."""
    teller, journey = Teller(clock), Journey(work, clock, lead)
    teller.title("不符合条件，解释清楚", "not eligible, explained")
    clock.move_to_working_hour(9)
    journey.to_department()
    journey.take(journey.clerk, "sign_for")
    clock.forward(days=2)
    journey.investigate("ineligible")
    journey.explain(journey.clerk)
    work.sign(journey.head, journey.id)
    teller.tell("科室", "当面说明依据和救济途径，负责人签批", "explained face to face")
    journey.take("station_clerk", "publish", kind="aggregate", place=["township_board"],
                 content=None)
    journey.take("station_clerk", "archive")
    expect("explained", work.look("station_clerk", journey.id), "archived")
    teller.tell("指挥站办公室", "计入当月汇总公示，归档", "counted in the aggregate, archived")


def objected(work, clock, lead):
    """An objection is upheld: handled again, published again, then archived."""
    teller, journey = Teller(clock), Journey(work, clock, lead)
    teller.title("公示有异议，异议成立", "an objection that is upheld")
    clock.move_to_working_hour(9)
    journey.to_department()
    journey.handle()
    journey.publish()
    clock.forward(days=3)
    case = journey.take("station_clerk", "object", made_on=clock.now_text())
    teller.tell("群众", "对公示提出异议", "somebody objects")
    clock.forward(days=2)
    journey.put("station_clerk", "answer_objection", objection=case["sequence"],
                answer_code="upheld", told_on=clock.now_text())
    journey.take("deputy_commander", "uphold_objection", unit=journey.department)
    teller.tell("副指挥长", "复核异议成立，退回科室重办", "upheld: back to the department")
    until = clock.now + datetime.timedelta(days=60)
    journey.put("station_director", "extend_deadline", clock="statutory", limit=None,
                until=until.date().isoformat(), ground="objection",
                reason="公示异议成立，须重新调查公示。")
    teller.tell("指挥站办公室主任", "因异议延长办理期限，记明理由", "the time limit is extended")
    clock.forward(days=2)
    journey.handle()
    journey.publish()
    teller.tell("科室、指挥站", "重新调查，重新公示", "handled and published again")
    clock.forward(days=9)  # seven days end on a holiday and roll on
    journey.approve()
    journey.deliver()
    expect("objected", journey.take("station_clerk", "archive"), "archived")
    teller.tell("指挥站办公室", "无新异议，发放后归档", "delivered and archived")


def reopened(work, clock, lead):
    """Closed on paper only: found by a return visit, opened again, handled from the beginning."""
    teller, journey = Teller(clock), Journey(work, clock, lead)
    teller.title("回访发现未落实，重新办理", "found undone by a return visit, reopened")
    clock.move_to_working_hour(9)
    journey.to_department()
    journey.handle()
    journey.publish()
    clock.forward(days=9)
    journey.deliver()
    expect("reopened", journey.take("station_clerk", "archive"), "archived")
    teller.tell("科室、指挥站", "办结归档", "handled and archived")
    clock.forward(days=6)
    journey.take("commander", "reopen", ground="false_completion",
                 reason="回访发现救助款未到户，须重新办理。")
    teller.tell("指挥长", "回访发现未到户，撤销办结", "the help never came: reopened")
    journey.accept()
    journey.assign()
    expect("reopened", work.look("station_clerk", journey.id), "assigned_to_department")
    teller.tell("指挥站办公室", "重新受理交办；原办结计为超时", "begins anew; that end counts as late")


ALL = (ordinary, emergency, declined, explained, objected, reopened)
