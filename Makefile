# Short names for packaging/bootstrap.py, which does the work on every system.
# Arguments go in ARGS: make demo ARGS="--speed 1"
PYTHON ?= python3
ARGS ?=
VERBS := demo app test check soak bench goldens words package locks

.PHONY: help $(VERBS)
help:
	@$(PYTHON) packaging/bootstrap.py help

$(VERBS):
	@$(PYTHON) packaging/bootstrap.py $@ $(ARGS)
