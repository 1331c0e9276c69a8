"""The composition root: what each process consists of. Builds, joins, nothing else.

Each ``run_…`` is the entry of one process. Its plan (``plans``) is all that the process
is given; heavy imports happen inside, so that no process loads another's.
"""
