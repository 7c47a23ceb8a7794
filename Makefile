# innocity: regional planning in SQL. `make test` and `make demo` need no running server; `make installcheck` is PGXS's own.
here := $(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST))))

EXTENSION  = innocity
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(here)/innocity.control)
MODULE_big = innocity

# Floors from the ground up; a floor's C files are all that lie in its folder.
FLOORS  = base code matrix indicator synergy decision plan
SOURCES = $(sort $(wildcard $(here)/extension/innocity.c $(foreach f,$(FLOORS),$(here)/extension/$(f)/*.c)))
HEADERS = $(wildcard $(here)/extension/*/*.h)
OBJS    = $(patsubst $(here)/%.c,%.o,$(SOURCES))

# The install script is these parts in order of dependency.
SQL_PARTS =

SCRIPT     = extension/innocity--$(EXTVERSION).sql
DATA_built = $(SCRIPT)

REGRESS      = $(sort $(patsubst $(here)/sql/%.sql,%,$(wildcard $(here)/sql/*.sql)))
REGRESS_OPTS = --load-extension=innocity

PG_CPPFLAGS = -I$(here)/extension
# The same bytes everywhere: no fused multiply-add. Hidden by default: libraries are loaded with global symbols.
PG_CFLAGS   = -std=gnu11 -ffp-contract=off -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare
EXTRA_CLEAN = $(SCRIPT) results regression.diffs regression.out tmp_check tmp_stage log

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# JIT may inline our bitcode on a machine with fused multiply-add.
BITCODE_CFLAGS += -ffp-contract=off

# PGXS tracks no headers: every object and bitcode file depends on all of them.
$(OBJS) $(OBJS:.o=.bc): $(HEADERS)

$(SCRIPT): $(addprefix $(here)/,$(SQL_PARTS)) $(here)/innocity.control $(firstword $(MAKEFILE_LIST))
	{ printf '%s\n' '\echo Use "CREATE EXTENSION innocity" to load this file. \quit'; cat $(addprefix $(here)/,$(SQL_PARTS)); } > $@

ifdef VPATH
_ := $(shell mkdir -p extension $(addprefix extension/,$(FLOORS)))
endif
