"""The files of rule packs: features, documents and places, before anybody reads a sentence.

What comes in are folders; what goes out are their files by kind (``pack_files``), with a hash that
is the same on every machine, and the documents and ``places`` that stand beside the features.
``policy_words`` reads the lexicon: words of plans, which no rule is made of.

Must not know: sentences. A feature is a name and bytes here.
"""
