# make run    installs what is missing, builds the desktop app and opens it
# make test   installs what the tests need and runs them all
# make torture  the promises of the sealed notebook and of a long day, at full size
# make gallery  draws every screen into build/gallery, and docs/gallery anew
# make guide  writes the pictures and tables of docs/forms.md anew
GO      ?= go
BIN     := bin
# Packages that need no window: raced, and cross-compiled for other systems.
HEADLESS = ./diagnostics/... ./sync/... ./assets/... ./ui/model/... ./ui/words/... ./cmd/solidarenctl/... ./cmd/solidaren-server/...
# Packages that the corpora are held against.
ENGINE   = ./diagnostics/xpath ./diagnostics/xlsform ./diagnostics/xform ./ui/kit/form
CORPORA := $(wildcard $(CURDIR)/../shared/corpora)
export SOLIDAREN_CORPORA ?= $(CORPORA)
# A checkout that belongs to somebody else, or no checkout at all, builds too.
export GOFLAGS += -buildvcs=false

.PHONY: run build test corpora check torture lint bench gallery guide cross go-version packages-run packages-test

run: packages-run build
	$(BIN)/solidaren

build: go-version
	@mkdir -p $(BIN)
	$(GO) build -o $(BIN)/ ./cmd/solidaren ./cmd/solidaren-server ./cmd/solidarenctl

test: packages-test check
	$(GO) test -timeout 60m ./...
	$(MAKE) --no-print-directory corpora race cross

# How the form engine does on the corpora, one line each; they ran with all
# other tests before, where no test that passes may speak.
corpora: go-version
	@out="$$($(GO) test -v -run '^Test(Corpus|Pairs)' $(ENGINE))"; status=$$?; \
	printf '%s\n' "$$out" | sed -nE 's/^ *[a-z_]+_test\.go:[0-9]+: (corpus of .*)/\1/p'; exit $$status

race: go-version
	$(GO) test -race -short -timeout 30m ./sync/... ./diagnostics/vault/... ./diagnostics/store/... ./ui/model/...

check: go-version
	@bad="$$("$$($(GO) env GOROOT)/bin/gofmt" -l .)"; [ -z "$$bad" ] || { echo "gofmt wants to change:"; echo "$$bad"; exit 1; }
	$(GO) vet ./...

cross: go-version
	CGO_ENABLED=0 GOOS=windows $(GO) build $(HEADLESS)
	CGO_ENABLED=0 GOOS=darwin $(GO) build $(HEADLESS)

# The promises of the sealed notebook at full size: 1,000 kills, 2,000 power
# cuts, 2,000 tamperings, with their controls; every screen opened and closed
# 500 times. It takes some hours.
torture: go-version
	SOLIDAREN_TORTURE=1 nice -n 19 $(GO) test -v -count 1 -timeout 8h -run 'Crash|Killed|PowerCut|Tamper|Readable' ./diagnostics/vault ./diagnostics/store
	SOLIDAREN_TORTURE=1 nice -n 19 $(GO) test -v -count 1 -timeout 8h -run OpenAndClose ./ui
	nice -n 19 $(GO) test -run '^$$' -fuzz FuzzUnits -fuzztime 5m ./diagnostics/vault
	nice -n 19 $(GO) test -run '^$$' -fuzz FuzzKeyFile -fuzztime 5m ./diagnostics/vault

lint: go-version
	$(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 run ./...

bench: go-version
	$(GO) test -run '^$$' -bench . ./diagnostics/... ./sync/...

# Every screen, full and empty, in both languages and all themes; takes some
# minutes. The French ones in the light theme are kept beside the documents.
gallery: go-version
	$(GO) test -timeout 60m -count 1 ./ui -run '^TestGallery$$' -gallery $(CURDIR)/build/gallery
	@mkdir -p docs/gallery
	cp build/gallery/docs/*.png docs/gallery/

guide: go-version
	$(GO) test ./ui/kit/form -run TestGuideExamples -update
	$(GO) test ./diagnostics/intake -run TestGuideTargets -update

go-version:
	@command -v $(GO) >/dev/null 2>&1 || { echo "Go 1.26 or newer is needed: https://go.dev/dl/"; exit 1; }

packages-run:
	@.ci/packages run

packages-test:
	@.ci/packages test
