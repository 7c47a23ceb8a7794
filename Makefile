# innocity: regional planning in SQL. `make test` and `make demo` need no running server; `make installcheck` is PGXS's own.
here := $(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST))))

EXTENSION  = innocity
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(here)/innocity.control)
MODULE_big = innocity

# Floors from the ground up; a floor's C files are all that lie in its folder.
FLOORS  = base code matrix indicator synergy decision plan
SOURCES = $(sort $(wildcard $(here)/extension/innocity.c $(foreach f,$(FLOORS),$(here)/extension/$(f)/*.c)))
# Not HEADERS: PGXS would install them.
H_FILES = $(wildcard $(here)/extension/*/*.h)
OBJS    = $(patsubst $(here)/%.c,%.o,$(SOURCES))

# The install script is these parts in order of dependency: floor by floor, topics by name.
SQL_CODE      = sector_code region_code $(if $(filter 15 16 17,$(MAJORVERSION)),,code_skipsupport)
SQL_MATRIX    = activity_matrix sector_matrix sector_profile convert

SQL_INDICATOR = location_quotient relatedness complexity inequality inequality_internal dispersion convergence structure shift_share growth input_output outlook region_mean region_similarity portfolio diversification interval what_if bootstrap

SQL_SYNERGY   = profile_similarity synergy_score fit region_economy board

SQL_DECISION  = pairwise_matrix ahp group_decision weights ranking smaa stability roadmap working_days allocation

SQL_PLAN      = tables roadmap territory case_national living policy scenario allocation draft \
                economy_views committee_views \
                synergy_input arrival synergy_views quadrant relative korean_particle korean_term sentence method_views explain \
                check_views robustness simulation sensitivity gap lack package pair_bonus recovery import \
                create upgrade
SQL_PARTS     = $(SQL_CODE:%=extension/code/%.sql) $(SQL_MATRIX:%=extension/matrix/%.sql) \
                $(SQL_INDICATOR:%=extension/indicator/%.sql) $(SQL_SYNERGY:%=extension/synergy/%.sql) \
                $(SQL_DECISION:%=extension/decision/%.sql) $(SQL_PLAN:%=extension/plan/%.sql)

# The second extension is data: SQL parts and CSV files, made into one script by perl.
KR_VERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(here)/extension/kr/innocity_kr.control)
SQL_KR   = guard \
           sector_list sector_link sector_bridge \
           region region_statistics region_industry \
           institution bridge \
           holiday \
           find \
           import \
           fill_plan fill_territory fill_roadmap fill_committee \
           seal
KR_PARTS = $(SQL_KR:%=$(here)/extension/kr/%.sql)
KR_DATA  = $(wildcard $(here)/extension/kr/data/*.csv $(here)/extension/kr/data/bridge/*.csv)

SCRIPT     = extension/innocity--$(EXTVERSION).sql
# Frozen install scripts of released versions, and the scripts that lead from each to the present one: docs/en/upgrade.md.
RELEASED   = 1.0
UPDATES    = $(RELEASED:%=extension/innocity--%--$(EXTVERSION).sql)
KR_SCRIPT  = extension/kr/innocity_kr--$(KR_VERSION).sql
DATA       = extension/kr/innocity_kr.control
DATA_built = $(SCRIPT) $(RELEASED:%=extension/innocity--%.sql) $(UPDATES) $(KR_SCRIPT)

REGRESS      = $(sort $(patsubst $(here)/sql/%.sql,%,$(wildcard $(here)/sql/*.sql)))
# Any server will do for installcheck: the test database is UTF8 with the C order of strings whatever the cluster is.
REGRESS_OPTS = --encoding=UTF8 --no-locale --load-extension=innocity

PG_CPPFLAGS = -I$(here)/extension
# The same bytes everywhere: no fused multiply-add. Hidden by default: libraries are loaded with global symbols.
PG_CFLAGS   = -std=gnu11 -ffp-contract=off -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare
EXTRA_CLEAN = $(DATA_built) results regression.diffs regression.out tmp_check tmp_stage log

PG_CONFIG ?= pg_config
# An unknown locale of the caller is no news.
export PERL_BADLANG = 0
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)
.PHONY: stage test demo bench examples fuzz

REMAKE = $(MAKE) -f $(firstword $(MAKEFILE_LIST)) --no-print-directory

ifeq ($(wildcard $(PGXS)),)

# A machine without PostgreSQL: the goals that may install packages do, the others say what is missing.
all install uninstall installcheck clean:
	@$(here)/test/need -n build

demo test bench examples:
	@$(here)/test/need $@
	@$(REMAKE) $@

else

include $(PGXS)

# JIT may inline our bitcode on a machine with fused multiply-add.
BITCODE_CFLAGS += -ffp-contract=off

# PGXS tracks no headers: every object and bitcode file depends on all of them.
$(OBJS) $(OBJS:.o=.bc): $(H_FILES)

$(SCRIPT): $(addprefix $(here)/,$(SQL_PARTS)) $(here)/innocity.control $(firstword $(MAKEFILE_LIST))
	{ printf '%s\n' '\echo Use "CREATE EXTENSION innocity" to load this file. \quit'; cat $(addprefix $(here)/,$(SQL_PARTS)); } > $@

# What a release had for one major version of PostgreSQL only is no part of its frozen script.
$(RELEASED:%=extension/innocity--%.sql): extension/innocity--%.sql: $(here)/extension/updates/innocity--%.sql $(firstword $(MAKEFILE_LIST))
	cat $< $(addprefix $(here)/extension/code/,$(addsuffix .sql,$(filter code_skipsupport,$(SQL_CODE)))) > $@

$(UPDATES): extension/innocity--%--$(EXTVERSION).sql: extension/innocity--%.sql $(SCRIPT) $(here)/extension/updates/build.pl $(wildcard $(here)/extension/updates/innocity--*--*.sql)
	perl $(here)/extension/updates/build.pl extension/innocity--$*.sql $(SCRIPT) $(wildcard $(here)/extension/updates/$(@F)) > $@.tmp && mv $@.tmp $@

$(KR_SCRIPT): $(KR_PARTS) $(KR_DATA) $(here)/extension/kr/build.pl $(here)/extension/kr/innocity_kr.control $(firstword $(MAKEFILE_LIST))
	perl $(here)/extension/kr/build.pl $(here)/extension/kr/data $(KR_PARTS) > $@.tmp && mv $@.tmp $@

ifdef VPATH
_ := $(shell mkdir -p extension $(addprefix extension/,$(FLOORS) kr))
endif

# What follows runs in a server of its own that is gone afterwards; with KEEP=1 it stays. Nothing is installed on the machine.
# (exec: a signal to make reaches the script that cleans up.)
STAGE = $(CURDIR)/tmp_stage
JOBS  = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

# Bitcode would double the time of the build and is of no use to a server that lives for a minute.
stage:
	@echo 'building innocity $(EXTVERSION) for PostgreSQL $(VERSION)' >&2
	@$(REMAKE) $(JOBS) -s all with_llvm=no
	@rm -rf $(STAGE)
	@$(REMAKE) -s install with_llvm=no DESTDIR=$(STAGE)

# make test TESTS='code_io lifecycle': only the files of these names. WITH_STAGE=DIR: beside what another extension's
# `make install DESTDIR=DIR` left, as the test of Citus needs.
test:
	@$(here)/test/need test
	@$(REMAKE) stage
	@REGRESS_OPTS='$(REGRESS_OPTS)' exec $(here)/test/with-server -s $(STAGE) $(addprefix -s ,$(WITH_STAGE)) -C $(here) -- perl test/run $(TESTS)

# make demo LANG_DEMO=ko: Korean headings and English names. NAMES_DEMO=ko: Korean names.
LANG_DEMO = en
NAMES_DEMO =
demo:
	@$(here)/test/need demo
	@$(REMAKE) stage
	@PLAN_LANG=$(LANG_DEMO) PLAN_NAMES=$(NAMES_DEMO) exec $(here)/test/with-server -s $(STAGE) -d naju -- $(here)/examples/demo

# make examples DOCS=docs/en/tutorial.md: write what the examples of documents print into them.
DOCS = $(patsubst $(here)/%,%,$(wildcard $(here)/README.md $(here)/docs/*/*.md))
examples:
	@$(here)/test/need demo
	@$(REMAKE) stage
	@cd $(here) && exec test/with-server -s $(STAGE) -- test/examples -w $(DOCS)

# make bench BENCH='code plan': only these. The server's cache is what PostgreSQL's manual advises, a quarter of the memory, so that tables
# are in it; BENCH_BUFFERS=256MB has large ones read from the system's.
BENCH_BUFFERS = $(or $(shell awk '/^MemTotal:/ { print int($$2 / 4) "kB" }' /proc/meminfo 2>/dev/null),1GB)
bench:
	@$(here)/test/need demo
	@$(REMAKE) stage
	@exec $(here)/test/with-server -s $(STAGE) -c 'shared_buffers = $(BENCH_BUFFERS)' -- $(here)/bench/run $(BENCH)

endif

# Needs no PostgreSQL. Until stopped: make fuzz; a bounded run: make fuzz FUZZ_RUNS=1000000
FUZZ      = code
FUZZ_RUNS = 0
fuzz:
	@$(here)/test/fuzz/run $(FUZZ) $(FUZZ_RUNS)
