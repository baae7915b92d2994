"""The little CSS the page needs beyond the theme: reading width, quotes, phone screens, Vietnamese on upload."""

from __future__ import annotations

import streamlit as st

from ui import texts

_CSS = """
<style>
.block-container { max-width: 54rem; padding-top: 3.2rem; padding-bottom: 7rem; }
.tdkt-answer { font-size: 1.06rem; line-height: 1.62; white-space: pre-wrap; overflow-wrap: anywhere; }
.tdkt-marker { color: #9b1c1c; font-weight: 600; font-size: .86em; white-space: nowrap; }
.tdkt-heading { font-weight: 700; margin: .2rem 0 0; }
.tdkt-quote { border-left: 3px solid #b9a98a; padding: .1rem 0 .1rem .8rem; margin: 0 0 .35rem .2rem; line-height: 1.5;
  overflow-wrap: anywhere; color: #292524; }
.tdkt-restated { display: inline-block; background: #fef3c7; color: #713f12; border-radius: .3rem; padding: 0 .4rem;
  font-size: .85rem; margin-right: .4rem; }
.tdkt-notices { margin: 0; padding-left: 1.2rem; line-height: 1.5; }
.tdkt-page { background: #fffdf7; border: 1px solid #d6cfc0; border-radius: .4rem; padding: .9rem 1rem;
  line-height: 1.6; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; max-height: 52vh; overflow-y: auto; }
.tdkt-page mark { background: #fde68a; color: #1c1917; padding: .05em 0; }
.tdkt-gap { border: 0; border-top: 1px dashed #b9a98a; margin: .6rem 0; }
.tdkt-facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem .9rem; margin: 0; line-height: 1.45; }
.tdkt-facts dt { color: #57534e; } .tdkt-facts dd { margin: 0; overflow-wrap: anywhere; }
.tdkt-documents { list-style: none; margin: 0; padding: 0; font-size: .9rem; line-height: 1.4; }
.tdkt-documents li { margin: 0 0 .55rem; overflow-wrap: anywhere; } .tdkt-documents small { color: #57534e; }
[data-testid="stMain"] button[kind="tertiary"] { text-align: left; justify-content: flex-start; color: #7f1d1d; }
[data-testid="stMain"] button[kind="tertiary"] p { text-decoration: underline; text-underline-offset: .2em; }
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
@media (max-width: 640px) {
  .block-container { padding: 3.2rem .9rem 7rem; }
  .tdkt-facts { grid-template-columns: 1fr; gap: 0; } .tdkt-facts dd { margin-bottom: .4rem; }
}
</style>
"""


def draw_style() -> None:
    """Put the style on the page."""
    st.html(_CSS.replace("%CHOOSE%", texts.CHOOSE_FILES))
