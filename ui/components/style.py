"""The little CSS the page needs beyond the theme: reading width, quotes, phone screens, Vietnamese on upload."""

from __future__ import annotations

import streamlit as st

import ui.texts as texts

_CSS = """
<style>
[data-testid="stMainBlockContainer"] { max-width: 56rem; padding: 2.6rem 2rem 4rem; }
[data-testid="stMain"] h1 { font-size: 1.65rem; padding: 0; }
.tdkt-answer { font-size: 1.06rem; line-height: 1.62; white-space: pre-wrap; overflow-wrap: anywhere; }
.tdkt-question { background: #f4f1ea; border-radius: .5rem; padding: .5rem .9rem; font-weight: 600; margin-top: .5rem;
  white-space: pre-wrap; overflow-wrap: anywhere; }
.tdkt-reading { color: #57534e; margin: 0; padding-left: .9rem; overflow-wrap: anywhere; }
.tdkt-marker { color: #9b1c1c; font-weight: 600; font-size: .86em; white-space: nowrap; }
.tdkt-heading { font-weight: 700; margin: .3rem 0 0; }
.tdkt-quote { border-left: 3px solid #b9a98a; padding: .05rem 0 .05rem .8rem; margin: 0 0 .6rem .15rem;
  line-height: 1.5; overflow-wrap: anywhere; color: #292524; }
.tdkt-restated { display: inline-block; background: #fef3c7; color: #713f12; border-radius: .3rem; padding: 0 .4rem;
  font-size: .85rem; margin-right: .4rem; }
.tdkt-notices { margin: 0; padding-left: 1.2rem; line-height: 1.5; }
.tdkt-page { background: #fffdf7; border: 1px solid #d6cfc0; border-radius: .4rem; padding: .8rem 1rem;
  line-height: 1.58; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; max-height: 52vh; overflow-y: auto; }
.tdkt-page mark { background: #fde68a; color: #1c1917; padding: .05em 0; }
.tdkt-gap { border: 0; border-top: 1px dashed #b9a98a; margin: .6rem 0; }
dl.tdkt-facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem .9rem;
  margin: 0 !important; padding: 0 !important; line-height: 1.4; }
.tdkt-facts dt { color: #57534e; margin: 0 !important; padding: 0; }
.tdkt-facts dd { margin: 0; overflow-wrap: anywhere; }
ul.tdkt-documents { list-style: none; margin: 0; padding: 0; font-size: .9rem; line-height: 1.4; }
.tdkt-documents li { margin: 0 0 .6rem; overflow-wrap: anywhere; }
.tdkt-documents small { color: #57534e; }
[class*="st-key-cite-"] { margin-bottom: -.8rem; }
[class*="st-key-cite-"] button, [class*="st-key-cite-"] button > div,
[class*="st-key-example-"] button, [class*="st-key-example-"] button > div {
  justify-content: flex-start; text-align: left; }
[class*="st-key-cite-"] button p { color: #7f1d1d; text-decoration: underline; text-underline-offset: .2em; }
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
[data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button p::after { content: "%CHOOSE%"; font-size: .9rem; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 4.2rem .9rem 4rem; }
  [data-testid="stMain"] h1 { font-size: 1.35rem; }
  [data-testid="stDialog"] h2 { font-size: 1.2rem; }
}
</style>
"""


def draw_style() -> None:
    """Put the style on the page."""
    st.html(_CSS.replace("%CHOOSE%", texts.CHOOSE_FILES))
