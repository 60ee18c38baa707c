"""Exports of WordPress in which a builder of pages keeps its parts as codes."""

from __future__ import annotations

import pytest
from files_making import documents

from progsearch.model import Fact, Origin
from progsearch.readers.feeds.shortcodes import without_codes
from progsearch.segmentation import segment

EXPORT = (
    '<?xml version="1.0"?>'
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>STAN</title><item><title>Program'
    "</title><link>https://s.example/program/</link><content:encoded><![CDATA[{}]]>"
    "</content:encoded>"
    "<wp:post_type>page</wp:post_type><wp:status>publish</wp:status></item></channel></rss>"
)


def above(content):
    """The headings above each text, and the role of it."""
    (raw,) = documents("corpus/a.xml", EXPORT.format(content).encode())
    found = segment(raw, "d", title="Program", lang=Fact("cs", Origin.STATED)).passages
    return {one.text: one.headings for one in found if one.role.value != "heading"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            (
                '[et_pb_accordion][et_pb_accordion_item title="Doprava" open="on"]'
                "<p>Opravíme silnice.</p>"
                '[/et_pb_accordion_item][et_pb_accordion_item title="Školy"]<p>Postavíme školy.</p>'
                "[/et_pb_accordion_item][/et_pb_accordion][et_pb_text]<p>Přijďte k volbám.</p>"
                "[/et_pb_text]"
            ),
            {
                "Opravíme silnice.": ("Doprava",),
                "Postavíme školy.": ("Školy",),
                "Přijďte k volbám.": (),
            },
        ),
        (
            (
                '[et_pb_toggle title="Daně" open="off"]Daň zůstane.[/et_pb_toggle]'
                '[et_pb_blurb title="Zdraví"]<p>Dostavíme nemocnici.</p>[/et_pb_blurb]'
            ),
            {"Daň zůstane.": ("Daně",), "Dostavíme nemocnici.": ("Zdraví",)},
        ),
        (
            (
                '[et_pb_tabs][et_pb_tab title="A"]<p>Postavíme byty.</p>[/et_pb_tab][/et_pb_tabs]'
                '[et_pb_cta title="B" button_text="Více"]<p>Snížíme daně.</p>[/et_pb_cta]'
                '[et_pb_slide heading="C" button_text="Více"]<p>Opravíme most.</p>[/et_pb_slide]'
            ),
            {"Postavíme byty.": ("A",), "Snížíme daně.": ("B",), "Opravíme most.": ("C",)},
        ),
        (
            (
                '[vc_row][vc_column width="1/2"]'
                '[vc_custom_heading text="Sociální věci"]'
                "[vc_column_text]Postavíme domov.[/vc_column_text][/vc_column][vc_column]"
                '[vc_custom_heading text="Kultura" font_container="tag:h3|text_align:left"]'
                "[vc_column_text]"
                "Opravíme divadlo.[/vc_column_text][/vc_column][/vc_row]"
            ),
            {
                "Postavíme domov.": ("Sociální věci",),
                "Opravíme divadlo.": ("Sociální věci", "Kultura"),
            },
        ),
        (
            (
                '[vc_tta_accordion][vc_tta_section title="Sport" tab_id="1"]'
                "[vc_column_text]Postavíme halu."
                "[/vc_column_text][/vc_tta_section][/vc_tta_accordion]"
                "[vc_toggle title='Lesy']Vysadíme les."
                "[/vc_toggle]"
            ),
            {"Postavíme halu.": ("Sport",), "Vysadíme les.": ("Lesy",)},
        ),
        (
            (
                "[et_pb_toggle title=&#8221;Doprava a silnice&#8221;"
                " open=&#8221;on&#8221;]Opravíme silnice."
                "[/et_pb_toggle][et_pb_toggle title=“Školky”]Postavíme školy.[/et_pb_toggle]"
            ),
            {"Opravíme silnice.": ("Doprava a silnice",), "Postavíme školy.": ("Školky",)},
        ),
        (
            '[et_pb_toggle title="Naše %22mise%22 &amp; cíle"]Opravíme silnice.[/et_pb_toggle]',
            {"Opravíme silnice.": ('Naše "mise" & cíle',)},
        ),
        (
            '[et_pb_toggle title="Doprava"]<h3>Silnice</h3><p>Opravíme silnice.</p>[/et_pb_toggle]',
            {"Opravíme silnice.": ("Doprava", "Silnice")},
        ),
        (
            (
                '[my_accordion_item title="Doprava"]\nOpravíme silnice.\n'
                "[/my_accordion_item]\n\nA víc."
            ),
            {"Opravíme silnice.": ("Doprava",), "A víc.": ()},
        ),
        # What is no part of the page.
        ('[gallery title="Fotky" ids="1,2"]<p>Opravíme silnice.</p>', {"Opravíme silnice.": ()}),
        ('[et_pb_button button_text="Více"]<p>Opravíme silnice.</p>', {"Opravíme silnice.": ()}),
        ('[contact-form-7 id="1" title="Kontakt"]<p>Opravíme most.</p>', {"Opravíme most.": ()}),
        ("[vc_raw_html]JTNDcCUzRQ==[/vc_raw_html]<p>Opravíme most.</p>", {"Opravíme most.": ()}),
        # Marks in running text.
        ("<p>My [hl]opravíme[/hl] silnice.</p>", {"My opravíme silnice.": ()}),
        (
            '<p>My [tip title="Brzy"]opravíme[/tip], co je třeba.</p>',
            {"My opravíme, co je třeba.": ()},
        ),
        ("<p>Opravíme [200 km] silnic [1].</p>", {"Opravíme [200 km] silnic [1].": ()}),
    ],
)
def test_a_part_of_a_builder_has_its_title(content, told):
    assert above(content) == told


def test_who_is_quoted_is_told():
    content = (
        '[et_pb_testimonial author="Martin Půta" job_title="hejtman"]'
        "<p>Chci, aby kraj fungoval.</p>"
        "[/et_pb_testimonial]"
    )
    (raw,) = documents("corpus/a.xml", EXPORT.format(content).encode())
    (said, _) = segment(raw, "d", lang=Fact("cs", Origin.STATED)).passages
    assert (said.role.value, said.speaker.name) == ("quotation", "Martin Půta")


def test_lines_stay_where_they_are():
    text = 'a\n[vc_row\n css="x"]\n[vc_toggle title="Lesy\nLouky"]b[/vc_toggle]\nc [x]\n[/vc_row]'
    assert without_codes(text).count("\n") == text.count("\n")
