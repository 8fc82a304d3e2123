# The commands of Tile Triage. What they need is installed when it is missing: see .ci/install.

VENV ?= .venv
PROFILE ?= $(HOME)/.local/share/QGIS/QGIS3/profiles/default
IMAGERY ?= resources/sample/scene.tif
LABELS ?= resources/sample/labels.geojson
DEMO ?= build/demo
TESTS ?= tests
N ?= 1000
SEED ?= 0

python = $(VENV)/bin/python
package = build/package/tiletriage
plugins = $(PROFILE)/python/plugins

.PHONY: help install demo test check fuzz kill full-disk bench proof base-model lint types zip link screens stalls translations clean
.DEFAULT_GOAL := help

help:  ## say what each command does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

install:
	@VENV=$(VENV) .ci/install

demo: install  ## run the whole loop on the sample scene, or on IMAGERY=file LABELS=file
	$(python) tests/tools/demo.py --imagery "$(IMAGERY)" --labels "$(LABELS)" --output "$(DEMO)"

test: install  ## run all tests, or those in TESTS="file or folder"
	@OMP_NUM_THREADS=1 QT_QPA_PLATFORM=offscreen $(python) -m pytest $(TESTS)

check: lint types  ## find faults without running the code: lint and types

fuzz: install  ## try N=1000 hostile and broken files of SEED=0 on every command and print what happened; CASE=0:17 tries one again
	@OMP_NUM_THREADS=1 $(python) -m tiletriage.tests.tools.fuzz $(if $(CASE),--case $(CASE),-n $(N) --seed $(SEED)) $(ARGS)

kill: N = 200
kill: install  ## kill every command N=200 times in all, at moments of SEED=0, and look at what is left and at the next start
	@OMP_NUM_THREADS=1 KILLS=$(N) SEED=$(SEED) $(python) -m pytest -rP tests/test_kill.py

full-disk: install  ## run every command that writes on a disk that is full, at all 20 levels (the suite tries one each)
	@OMP_NUM_THREADS=1 LEVELS=20 $(python) -m pytest -rP tests/test_full_disk.py

bench: install  ## measure speed and memory, and print them as a table
	$(python) tests/tools/bench.py

proof: install  ## compare all strategies on regions left out of training, and report; QUICK=1 for a short form
	$(python) tests/tools/proof.py $(if $(QUICK),--quick)

base-model: install  ## train the base model that ships, from the labelled regions in ../shared/data
	$(python) tests/tools/base_model.py

lint: install  ## check style and common faults (ruff), and what plugins.qgis.org refuses (bandit, detect-secrets)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/bandit -q -r -c pyproject.toml __init__.py models plugin
	git ls-files -co --exclude-standard -z | xargs -0 $(VENV)/bin/detect-secrets-hook

types: install $(package)  ## check the types of the engine (mypy, strict)
	$(VENV)/bin/mypy

zip: lint  ## pack the committed state as the plugin build/tiletriage.zip and check the rules of plugins.qgis.org
	@mkdir -p build
	git archive --prefix=tiletriage/ --output build/tiletriage.zip HEAD
	$(python) .ci/check_zip.py build/tiletriage.zip

link: install  ## put this folder into your QGIS as a plugin (PROFILE=folder for another profile)
	@mkdir -p "$(plugins)"
	ln -sfnT "$(CURDIR)" "$(plugins)/tiletriage"
	@echo 'Start QGIS by:  PATH="$(abspath $(VENV))/bin:$$PATH" qgis'
	@echo 'and switch Tile Triage on in Plugins > Manage and Install Plugins > Installed.'

screens: install  ## play the tour in the real QGIS and picture each step; ARGS="--sample --pictures --working-tree --locale fr"
	$(python) tests/tools/screens.py $(ARGS)

stalls: install  ## measure how long the user interface stands still while the engine works; ARGS="--sample --working-tree"
	$(python) tests/tools/stalls.py $(ARGS)

translations: install  ## gather the strings of the plugin and compile resources/i18n (needs apt's qttools5-dev-tools)
	$(python) tests/tools/translations.py

clean:  ## delete what was built and cached; the Python environment stays
	rm -rf build *.egg-info .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# mypy does not follow an editable install whose folder has another name than the package
$(package):
	@mkdir -p $(@D)
	@ln -s ../.. $@
