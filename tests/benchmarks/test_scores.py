from tests.benchmarks.scores import SOURCES, measured

SURVEY = (
    "provider,service,service_provided,touchpoint,channel,fiscal_year,quarter,question_no,question,mean,answers\n"
    + "".join(f"VA,Care,Visit,After,email,{year},{quarter},1,Trust?,{mean},100\n" for year, quarter, mean in (
        (2022, 2, 4.1), (2022, 3, 4.2), (2022, 4, 4.3), (2023, 1, ""),
    ))
).encode()  # fmt: skip
INDICATORS = (
    b"fiscal_yr,fiscal_qtr,goal_id,department,target,indicator,indicator_type,value_start,value_target,value_current\n"
    b"2022,1,G1,DOC,More,Clients,Measurable increase,0,76000,12905\n"
    b"2022,1,G2,DOC,Less,Backlog,Measurable increase,90,40,80\n"
    b"2022,1,G1,DOC,More,Clients,Measurable increase,0,76000,12905\n"
)


def test_every_line_of_a_survey_ends_in_one_place() -> None:
    report = measured(SOURCES[0], SURVEY)

    assert report.counts == {"added": 3, "amended": 0, "same": 0, "rejected": 1}
    assert report.again == {"added": 0, "amended": 0, "same": 3, "rejected": 1}
    assert (report.metrics, report.stale, report.statuses["unknown"]) == (1, 1, 1)
    assert sum(report.trends.values()) == 1


def test_indicators_bring_their_own_targets() -> None:
    report = measured(SOURCES[1], INDICATORS)

    assert report.counts == {"added": 2, "amended": 0, "same": 1, "rejected": 0}
    assert report.metrics == sum(report.statuses.values()) == 2
    assert report.told["noted"]["on the other side of its baseline"] == [3]
