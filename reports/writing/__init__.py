"""A run in any format: who writes which.

What comes in is a run and the format that is wanted; what goes out is text or bytes on a stream.
``formats`` calls whoever writes it. It stands above all of them, so that none has to know another.
``everywhere`` does so for every place that was chosen.

Must not know: how any of them writes.
"""
