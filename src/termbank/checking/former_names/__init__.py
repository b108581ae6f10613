"""Whether a former name in running text is a name to be changed; enter by ``name_use``.

キエフ is キーウ today, but キエフ大公国 and chicken Kiev keep the old name, ニコラエフ氏 is
a person, (旧キエフ) tells the former name, and 1943年のキエフ is history. The words around
the name decide, by kinds: no list of places stands here.
"""
