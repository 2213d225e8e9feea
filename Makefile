# make          the whole check: set up, lint, types, every test
# make demo     set up, check a sample constitution, leave a Word report in out/
# make test     the same as make alone
# make accuracy measure the checker and write docs/accuracy.md; CASES="a.jsonl b.jsonl" measures your passages too
# make bench    how long a long constitution takes, beside bare reading of the same file
# make reading  measure how well files are read and write docs/reading.md (some minutes)
# make train    the parser again, from TREEBANK=folder (hours; training/README.md)
# make picture  draw the README's picture of a report page again
# make serve    open the upload page in the browser, on this machine only; SERVE="--port 9000" changes how
# make clean    remove everything that these have made

VENV := .venv
BIN := $(VENV)/bin
DEMO ?= samples/ccg-2012-weak-safeguards.docx
PYTEST_ARGS ?= -n auto

.DEFAULT_GOAL := test
.PHONY: reading demo test accuracy bench train picture serve clean

demo: $(VENV)/.installed
	@sh tools/demo $(DEMO)

test: $(VENV)/.installed-test
	@sh tools/system-packages
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(PYTEST_ARGS)

accuracy: $(VENV)/.installed
	@sh tools/accuracy $(CASES)

bench: $(VENV)/.installed
	@$(BIN)/python -m bench.speed

reading: $(VENV)/.installed-test
	@$(BIN)/python -m tools.reading_report

train: $(VENV)/.installed
	@PYTHON=$(BIN)/python sh training/train.sh

picture: $(VENV)/.installed-test
	@$(BIN)/python -m tools.report_picture

serve: $(VENV)/.installed-web
	@$(BIN)/constitution-check serve $(SERVE)

clean:
	rm -rf $(VENV) out build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What is installed is installed again only when its list changes.
$(VENV)/.installed: setup.cfg pyproject.toml
	@sh tools/make-venv $(VENV)
	@touch $@

$(VENV)/.installed-test: setup.cfg pyproject.toml
	@sh tools/make-venv $(VENV) test
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-web: setup.cfg pyproject.toml
	@sh tools/make-venv $(VENV) web
	@touch $@ $(VENV)/.installed
