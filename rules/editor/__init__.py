"""Writing rules in an editor: what is wrong as one types, what may be typed, what a word means.

What comes in are the folders of a pack, the texts that an editor has open, and a judge; what goes
out is what an editor shows. In order: ``open_pack`` reads a pack again with every change, but only
what was changed; ``things`` finds what stands at a place of a text; ``hover`` and ``definition``
tell of it; ``completion`` offers what may come next; ``lenses`` puts the verdicts of scenarios
beside them; ``server`` speaks the Language Server Protocol, and is the only one that knows it.

Must not know: which engine judges, and which editor asks.
"""
