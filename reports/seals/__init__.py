"""A run under seal: who vouches for it, and whether it is still what was sealed.

What comes in are a run's file and the hashes of what it was made from; what goes out is a seal: a
manifest of all these hashes, signed. In order: ``manifest`` says what is under a seal, and tells it
from what is there now; ``signing`` makes keys and signatures, and checks them.

Must not know: where rules and facts lie, nor how they are read; it is given their hashes.
"""
