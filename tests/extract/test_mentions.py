"""What one report says about one attack: short sentences of the press, and the claims they make."""

from collections.abc import Callable

import pytest

from app.extract.values import Extraction, Mention

Read = Callable[..., Extraction]


def only(read: Read, text: str, published: str | None = "2023-11-04") -> Mention:
    mentions = read(text, published).mentions
    assert len(mentions) == 1, [m.claims for m in mentions]
    return mentions[0]


def bases(extraction: Extraction) -> list[str | None]:
    return [mention.value("base") for mention in extraction.mentions]


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("استُهدفت قاعدة التنف بصاروخ.", "al-tanf"),
        ("هاجمت طائرة مسيرة القاعدة الأميركية في الشدادي.", "al-shaddadi"),
        ("سقطت صواريخ على قاعدة حقل العمر النفطي.", "al-omar"),
        ("سقطت صواريخ على قاعدة العمر.", "al-omar"),
        ("تعرضت القاعدة الأميركية في معمل غاز كونيكو لقصف.", "conoco"),
        ("استهدفت مسيرة قاعدة خراب الجير في رميلان بريف الحسكة.", "kharab-al-jir"),
        ("استهدفت مسيرة قاعدة رميلان.", "rmelan"),
        ("استهدفت مسيرة القاعدة الأميركية في روباربا بريف مدينة المالكية.", "rubaria"),
        ("استهدفت مسيرة قاعدة تل البيدر شمال الحسكة.", "tell-baydar"),
        ("استهدفت مسيرة قاعدة قسرك شرق تل تمر.", "qasrak"),
        ("Drones attacked the base at Al Tanf.", "al-tanf"),
        ("Rockets hit the Omar Oil Field base.", "al-omar"),
        ("A drone hit the Kharab Al-Jair (Al-Rumailan) base.", "kharab-al-jir"),
        ("Two rockets landed near Mission Support Site Green Village.", "green-village"),
        ("استهدفت مسيرة بالتنف قوات أميركية.", "al-tanf"),
    ],
)
def test_a_base_is_known_by_its_names(read: Read, text: str, base: str) -> None:
    assert only(read, text).value("base") == base


@pytest.mark.parametrize(("published", "base"), [("2023-11-04", "conoco"), ("2022-01-05", None)])
def test_a_name_bound_in_time_counts_only_in_its_days(read: Read, published: str, base: str | None) -> None:
    assert bases(read("Rockets landed at MSS Euphrates in northeastern Syria.", published)) == ([base] if base else [])


@pytest.mark.parametrize(
    "text",
    [
        "استهدفت طائرة مسيرة قاعدة عين الأسد في العراق.",
        "قتل ثلاثة جنود في هجوم بمسيرة على البرج 22 في الأردن قرب قاعدة التنف.",
        "A drone hit Tower 22 in Jordan.",
        "Rockets were fired at the Ain al-Asad base in Iraq.",
        "قصفت طائرات إسرائيلية مواقع قرب دمشق.",
        "وصلت قافلة من 40 شاحنة إلى قاعدة الشدادي.",
        "أجرت قوات التحالف تدريبات بالذخيرة الحية في قاعدة كونيكو استخدمت فيها صواريخ.",
        "سُمع دوي انفجارات في قاعدة التنف.",
        "ردت قوات التحالف بقصف مواقع الميليشيات قرب قاعدة كونيكو.",
        "توعدت الفصائل العراقية باستهداف قاعدة التنف.",
        "استُهدفت قاعدة كونيكو مراراً خلال الأسابيع الماضية.",
        "تعرضت قاعدة الشدادي خلال شهر تشرين الأول الماضي لـ 7 هجمات.",
        "استُهدفت قاعدة التنف مرتين.",
        "تعرضت قاعدة كونيكو لعدة هجمات صاروخية في الأيام الماضية.",
        "هاجمت خلايا داعش حاجزاً في ذيبان.",
        "زار ضباط مدينة المالكية.",
        "عُثر على منصة إطلاق صواريخ كانت معدة لاستهداف القاعدة الأميركية في خراب الجير.",
        "سُمع إطلاق نار في محيط قاعدة التنف.",
        "A cargo plane landed at Kharab al-Jir with missiles for the base.",
        "اجتمع ضباط في قاعدة الشدادي أمس وبحثوا الهجمات الصاروخية التي تعرضت لها القاعدة.",
        "نشرت القوات الأميركية في قاعدة الشدادي منظومات لإسقاط المسيّرات.",
        "The coalition strengthens the base at Conoco against rocket and drone attacks.",
        "US warplanes struck two facilities near Conoco in response to attacks.",
        "",
    ],
)
def test_what_is_no_attack_on_a_base_in_syria_makes_no_mention(read: Read, text: str) -> None:
    assert read(text).mentions == ()


@pytest.mark.parametrize(
    ("words", "weapon", "low", "high"),
    [
        ("بصاروخ", "rocket", "1", "1"),
        ("بصاروخين", "rocket", "2", "2"),
        ("بأربعة صواريخ", "rocket", "4", "4"),
        ("بـ 5 قذائف صاروخية", "rocket", "5", "5"),
        ("بأكثر من ثلاث طائرات مسيرة", "drone", "4", None),
        ("بطائرتين مسيّرتين", "drone", "2", "2"),
        ("بالطيران المسيّر", "drone", None, None),
        ("بطائرات مسيرة “انتحارية”", "drone", None, None),
        ("بما بين 7 إلى 10 صواريخ", "rocket", "7", "10"),
        ("بعدة صواريخ", "rocket", None, None),
        ("بصواريخ باليستية", "missile", None, None),
        ("بقذائف هاون", "mortar", None, None),
        ("بقذائف", "unknown", None, None),
        ("برشقة صاروخية", "rocket", None, None),
        ("بعشر ضربات بواسطة قذائف صاروخية", "rocket", "10", "10"),
        ("بصواريخ ومسيّرات", "mixed", None, None),
        ("بأربع ضربات صاروخية", "rocket", "4", "4"),
        ("بمسيّرة تلتها مسيّرة ثانية", "drone", "2", "2"),
        ("بـ 3 صواريخ وطائرة مسيرة", "mixed", "4", "4"),
    ],
)
def test_weapon_and_count_are_what_the_words_say(read: Read, words: str, weapon: str, low: str | None, high: str | None) -> None:
    mention = only(read, f"استُهدفت قاعدة التنف {words}.")
    assert (mention.value("weapon"), mention.value("munitions_low"), mention.value("munitions_high")) == (weapon, low, high)


def test_another_rocket_attack_is_not_one_rocket(read: Read) -> None:
    assert only(read, "The Tanf base came under another rocket attack today.").value("munitions_low") is None


def test_numbers_beside_the_attack_are_no_munitions(read: Read) -> None:
    mention = only(read, "استُهدفت قاعدة التنف بصواريخ عيار 107 على بعد 24 كيلومتراً، وفيها 900 جندي.")
    assert mention.value("munitions_low") is None


@pytest.mark.parametrize(
    ("text", "start", "end", "part"),
    [
        ("استُهدفت قاعدة التنف بصاروخ فجر اليوم.", "2023-11-04", None, "dawn"),
        ("استُهدفت قاعدة التنف بصاروخ مساء أمس.", "2023-11-03", None, "evening"),
        ("استُهدفت قاعدة التنف بصاروخ ليل الخميس – الجمعة.", "2023-11-02", "2023-11-03", "night"),
        ("استُهدفت قاعدة التنف بصاروخ بعد منتصف ليل الخميس – الجمعة.", "2023-11-03", None, "night"),
        ("Rockets hit the Tanf base on Thursday morning.", "2023-11-02", None, "morning"),
        ("Rockets hit the Tanf base last night.", "2023-11-03", None, "night"),
        ("استُهدفت قاعدة التنف بصاروخ.", "2023-11-04", None, None),
    ],
)
def test_day_and_time_of_day_are_settled(read: Read, text: str, start: str, end: str | None, part: str | None) -> None:
    mention = only(read, text)
    assert (mention.value("date_start"), mention.value("date_end"), mention.value("time_of_day")) == (start, end, part)


def test_a_day_taken_from_publication_says_so(read: Read) -> None:
    mention = only(read, "استُهدفت قاعدة التنف بصاروخ.")
    claim = next(claim for claim in mention.claims if claim.field == "date_start")
    assert claim.rule == "date.published"
    assert claim.span is not None
    assert claim.span.quote == "استُهدفت"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("استُهدفت قاعدة التنف بصاروخ مساء أمس.", None),
        ("استُهدفت قاعدة التنف بصاروخ قبل أيام.", "2023-11-04"),
        ("وصل وفد. وكانت قاعدة التنف قد استُهدفت بصاروخ.", "2023-11-04"),
    ],
)
def test_a_day_that_cannot_be_known_is_not_made_up(read: Read, text: str, published: str | None) -> None:
    assert only(read, text, published).value("date_start") is None


def test_a_month_is_told_as_a_month(read: Read) -> None:
    mention = only(read, "وكانت قاعدة كونيكو قد استُهدفت بصواريخ في آذار 2023.")
    assert (mention.value("date_start"), mention.value("date_end"), mention.value("date_precision")) == (
        "2023-03-01",
        "2023-03-31",
        "month",
    )


@pytest.mark.parametrize(
    "text",
    [
        "استهدفت صواريخ قاعدتي “العمر” و”كونيكو” مساء اليوم.",
        "قُصفت قاعدة حقل العمر بـ 4 صواريخ، وقُصفت قاعدة كونيكو بمسيرة.",
        "سقطت صواريخ على قاعدة حقل العمر، كما طالت مسيرة قاعدة كونيكو.",
        "استهدفت الفصائل قاعدتين أميركيتين، الأولى في حقل العمر بطائرتين مسيرتين، والثانية في كونيكو بالصواريخ.",
    ],
)
def test_two_bases_are_two_mentions(read: Read, text: str) -> None:
    assert bases(read(text)) == ["al-omar", "conoco"]


def test_the_weapon_behind_two_bases_is_that_of_both(read: Read) -> None:
    text = "تعرضت قاعدة التنف، وقاعدة كونيكو، لهجوم بالطائرات المسيّرة."
    assert [(m.value("base"), m.value("weapon")) for m in read(text).mentions] == [("al-tanf", "drone"), ("conoco", "drone")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("تعرضت قاعدة التنف، ونقطة قريبة من مخيم الركبان، لهجوم بمسيّرة.", ["al-tanf"]),
        ("استهدفت مسيرة قاعدة التنف، وشوهدت أخرى بالقرب من مخيم الركبان.", ["al-tanf"]),
        ("Drones attacked the al-Tanf garrison and were seen near Rukban camp.", ["al-tanf"]),
        ("استهدفت مسيرتان قاعدة التنف وقاعدة الركبان.", ["al-tanf", "rukban"]),
    ],
)
def test_a_camp_or_town_that_only_says_where_is_no_second_base(read: Read, text: str, found: list[str]) -> None:
    assert bases(read(text)) == found


def test_two_names_of_one_compound_are_one_mention(read: Read) -> None:
    assert bases(read("قصفت المقاومة العراقية قاعدة حقل العمر برشقة صاروخية وسقط بعضها في القرية الخضراء القريبة.")) == [
        "al-omar"
    ]


def test_a_base_in_iraq_beside_one_in_syria_is_left_out(read: Read) -> None:
    text = "استهدفت المقاومة العراقية قاعدة عين الأسد غربي العراق بمسيرتين، وقاعدة القرية الخضراء في سوريا برشقة صواريخ، أمس."
    mention = only(read, text)
    assert (mention.value("base"), mention.value("weapon"), mention.value("date_start")) == (
        "green-village",
        "rocket",
        "2023-11-03",
    )


def test_a_recap_that_names_no_day_is_left_out_beside_the_news(read: Read) -> None:
    text = "استهدفت مسيرة قاعدة التنف اليوم. ويأتي ذلك بعد أيام من سقوط صاروخين على قاعدة كونيكو."
    assert bases(read(text)) == ["al-tanf"]


def test_an_attack_that_others_followed_takes_no_day_from_them(read: Read) -> None:
    first, second = read("هاجمت مسيّرات قاعدة حقل العمر مساء أمس، بعد ساعات من استهداف قاعدة كونيكو بـ 6 صواريخ.").mentions
    assert (first.value("date_start"), second.value("date_start")) == ("2023-11-03", None)
    assert (second.value("weapon"), second.value("munitions_low")) == ("rocket", "6")


def test_the_claim_of_one_sentence_goes_on_in_the_next(read: Read) -> None:
    text = "أعلنت المقاومة الإسلامية في العراق استهداف قاعدة التنف بمسيرة. وأضافت أنها استهدفت قاعدة كونيكو بصاروخ."
    assert [(m.value("claimed_by"), m.value("status")) for m in read(text).mentions] == [
        ("islamic-resistance-in-iraq", "claimed")
    ] * 2


def test_what_is_told_twice_is_one_mention(read: Read) -> None:
    mention = only(
        read, "استُهدفت قاعدة كونيكو بصواريخ فجر اليوم. وقالت مصادر محلية إن أربعة صواريخ سقطت على قاعدة كونيكو فجر اليوم."
    )
    assert mention.value("munitions_low") == "4"


@pytest.mark.parametrize(
    "text",
    [
        "استُهدفت قاعدة كونيكو بصاروخ فجر اليوم. واستُهدفت قاعدة كونيكو بصاروخ مساء اليوم.",
        "استُهدفت قاعدة كونيكو بصاروخ أمس. واستُهدفت قاعدة كونيكو بصاروخ اليوم.",
        "استُهدفت قاعدة كونيكو بصاروخ اليوم. واستُهدفت قاعدة كونيكو بطائرة مسيرة اليوم.",
    ],
)
def test_another_day_time_or_weapon_is_another_attack(read: Read, text: str) -> None:
    assert bases(read(text)) == ["conoco", "conoco"]


@pytest.mark.parametrize(
    ("text", "intercepted"),
    [
        ("هاجمت طائرة مسيرة قاعدة التنف، فأسقطتها الدفاعات الجوية.", "all"),
        ("هاجمت ثلاث مسيّرات قاعدة التنف، أُسقطت اثنتان منها.", "some"),
        ("هاجمت طائرتان مسيّرتان قاعدة التنف، أُسقطت إحداهما.", "some"),
        ("هاجمت مسيّرات قاعدة التنف، وسُمعت انفجارات أثناء محاولات إسقاطها.", None),
        ("هاجمت مسيّرات قاعدة التنف، وأخفقت الدفاعات في التصدي لها.", "none"),
        ("Two drones attacked the Tanf base. Both were shot down.", "all"),
        ("Three drones attacked the Tanf base; two were shot down.", "some"),
        ("Drones closed in on the Tanf base. One was shot down; a second detonated inside.", "some"),
        ("هاجمت مسيّرات قاعدة التنف، وتمكنت الدفاعات من اعتراض قسم منها.", "some"),
    ],
)
def test_interception_is_all_some_none_or_unsaid(read: Read, text: str, intercepted: str | None) -> None:
    assert only(read, text).value("intercepted") == intercepted


@pytest.mark.parametrize(
    ("text", "casualties"),
    [
        ("سقط صاروخ على قاعدة التنف دون وقوع إصابات.", "none"),
        ("سقط صاروخ على قاعدة التنف، ولا معلومات عن خسائر بشرية.", "unknown"),
        ("سقط صاروخ على قاعدة التنف، ولم تُعرف أضراره.", None),
        ("سقط صاروخ على قاعدة التنف وأصيب جنود أميركيون.", "yes"),
        ("A rocket hit the Tanf base. No casualties were reported.", "none"),
        ("A rocket hit the Tanf base, causing minor injuries among coalition personnel.", "yes"),
    ],
)
def test_casualties_are_yes_none_unknown_or_unsaid(read: Read, text: str, casualties: str | None) -> None:
    assert only(read, text).value("casualties_reported") == casualties


@pytest.mark.parametrize(
    ("text", "field", "actor"),
    [
        ("استهدفت الميليشيات الإيرانية قاعدة التنف بصاروخ.", "attributed_to", "iran-backed-militias"),
        ("هاجمت فصائل عراقية مسلحة قاعدة كونيكو بالصواريخ.", "attributed_to", "iraqi-armed-factions"),
        ("قصفت ميليشيا عراقية مدعومة من إيران قاعدة كونيكو.", "attributed_to", "iran-backed-militias"),
        ("سقط صاروخ على قاعدة التنف، وتبنت المقاومة الإسلامية العراقية الهجوم.", "claimed_by", "islamic-resistance-in-iraq"),
        ("سقط صاروخ على قاعدة التنف، ولم تتبن أي جهة الهجوم.", "claimed_by", None),
        ("سقط صاروخ على قاعدة التنف أُطلق من مناطق الميليشيات الإيرانية.", "attributed_to", None),
        ("انهالت صواريخ على قاعدة التنف. وقالت المقاومة العراقية إنها المنفذة.", "claimed_by", "islamic-resistance-in-iraq"),
        ("انهالت صواريخ على قاعدة التنف. وقالت المقاومة العراقية إنها المنفذة.", "attributed_to", None),
        ("سقط صاروخ على قاعدة التنف. ويحمّل المرصد الميليشيات الإيرانية المسؤولية.", "attributed_to", "iran-backed-militias"),
        ("A rocket hit the Tanf base. Officials blamed militias backed by Iran.", "attributed_to", "iran-backed-militias"),
        (
            "Rockets hit the Tanf base. The Islamic Resistance in Iraq claimed responsibility for the attack.",
            "claimed_by",
            "islamic-resistance-in-iraq",
        ),
    ],
)
def test_who_is_blamed_and_who_claims_are_kept_apart(read: Read, text: str, field: str, actor: str | None) -> None:
    assert only(read, text).value(field) == actor


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("سقط صاروخ على قاعدة التنف، وتبنت المقاومة الإسلامية في العراق الهجوم.", None),
        ("أعلنت المقاومة الإسلامية في العراق استهداف قاعدة التنف بمسيرة.", "claimed"),
        ("أعلنت المقاومة الإسلامية في العراق، في بيان، استهداف قاعدة التنف بمسيرة.", "claimed"),
        ("أعلنت المقاومة الإسلامية في العراق، أمس، استهداف قاعدة التنف، مؤكدة أنها أصابت الهدف.", "claimed"),
        ("تبنت المقاومة الإسلامية في العراق ضرب قاعدة التنف.", "claimed"),
        ("سقط صاروخ على قاعدة التنف. ونفى مصدر في التحالف تعرض قاعدة التنف لأي هجوم.", "disputed"),
    ],
)
def test_status_is_claimed_only_on_the_attackers_word_alone(read: Read, text: str, status: str | None) -> None:
    assert only(read, text).value("status") == status


def test_a_denial_with_another_cause_leaves_no_incident(read: Read) -> None:
    text = (
        "نفى التحالف تعرض قاعدة كونيكو لهجوم، وقال إن الأصوات سببها تدريبات. وكانت وكالة قد زعمت أن صواريخ ضربت قاعدة كونيكو أمس."
    )
    assert read(text).mentions == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("سقط صاروخ على قاعدة التنف انطلق من الأراضي العراقية.", "Iraqi territory"),
        ("Rockets fired from Iraq hit the Tanf base.", "Iraq"),
        ("سقطت صواريخ على قاعدة التنف.", None),
    ],
)
def test_the_place_of_launch_is_told_apart_from_the_attacker(read: Read, text: str, place: str | None) -> None:
    mention = only(read, text)
    assert (mention.value("launched_from"), mention.value("attributed_to")) == (place, None)


def test_the_base_meant_by_the_base_is_the_one_spoken_of(read: Read) -> None:
    mention = only(read, "أخلت القوات الأميركية قاعدة هيمو. وجاء الإخلاء بعد هجوم بقذائف هاون على القاعدة.")
    assert (mention.value("base"), mention.value("weapon")) == ("himo", "mortar")


def test_an_unnamed_base_takes_the_only_name_of_the_text(read: Read) -> None:
    mention = only(read, "Drones attacked a US base in southern Syria. The al-Tanf garrison sits on a road to Damascus.")
    assert mention.value("base") == "al-tanf"


def test_an_unnamed_base_with_its_region_is_unspecified(read: Read) -> None:
    mention = only(read, "سقطت 5 صواريخ على قاعدة أمريكية في شمال شرق سوريا أمس.")
    assert mention.value("base") == "unspecified"
    assert "قاعدة" in mention.base_as_written


def test_an_unnamed_base_among_several_names_is_left_to_a_person(read: Read) -> None:
    extraction = read("سقط صاروخ على قاعدة أميركية. وللتحالف قواعد في التنف وكونيكو والشدادي.")
    assert extraction.mentions == ()
    assert [unread.why for unread in extraction.unread] == ["an attack on a base that the text does not name"]


def test_the_sources_quoted_are_origins(read: Read) -> None:
    mention = only(read, "قال المرصد السوري لحقوق الإنسان إن صاروخاً سقط على قاعدة التنف.")
    assert [claim.value for claim in mention.claims if claim.field == "origin"] == ["sohr"]


def test_every_claim_has_the_few_words_that_say_it(read: Read) -> None:
    text = "قال المرصد السوري إن طائرتين مسيّرتين هاجمتا قاعدة التنف مساء أمس، وأُسقطت إحداهما، دون وقوع إصابات."
    for claim in only(read, text).claims:
        assert claim.span is not None
        assert claim.rule
        assert text[claim.span.start : claim.span.end] == claim.span.quote
        assert len(claim.span.quote) <= 60


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("دخلت قافلة للتحالف الدولي من معبر الوليد إلى قواعده.", "reinforcement_convoy"),
        ("ردت قوات التحالف بالمدفعية على مواقع الميليشيات.", "coalition_response"),
        ("أجرى التحالف الدولي مناورات بالذخيرة الحية في قاعدة كونيكو.", "training"),
        ("سادت حالة استنفار في قاعدة التنف.", "alert"),
        ("ضربت طائرات إسرائيلية مواقع قرب دمشق.", "other"),
    ],
)
def test_what_looks_like_a_strike_is_kept_with_its_kind(read: Read, text: str, kind: str) -> None:
    assert [event.kind for event in read(text).non_strike_events] == [kind]
