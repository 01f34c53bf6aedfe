"""The files of rule packs: features, documents and places, before anybody reads a sentence."""
