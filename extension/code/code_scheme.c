/*
 * code_scheme.c
 *	  Schemes, editions, forms and section tables; opening and cutting the payload of digits.
 *
 * Numbers of schemes and editions are indexes into these arrays: append only, never renumber. A section
 * table may gain divisions where it has '-', but never change a letter.
 */
#include "code/code_scheme.h"

#include <string.h>

/* The section of each division 00 to 99. Bare ksic, isic and nace use those of the current editions. */
static const char ksic8_sections[] =
"-AA--B----CCC--DDDDDDDDDDDDDDDDDDDDDDD--EE---FF---"
"GGG--H----IIIIJKKK--LLMMMMN---O----PPQQ-RRRR-S---T";
static const char ksic9_sections[] =
"-AAA-BBBB-CCCCCCCCCCCCCCCCCCCCCCCC-DDEEE-FF--GGG-H"
"HHH--II-JJJJJJKKK-LLMMMMNN--------OPQQ--RR--SSSTTU";
static const char ksic10_sections[] =
"-AAA-BBBB-CCCCCCCCCCCCCCCCCCCCCCCCCDEEEE-FF--GGG-H"
"HHH--II-JJJJJJKKK-L-MMMMNNN-------OPQQ--RR--SSSTTU";
static const char isic3_sections[] =
"-AA--B----CCCCCDDDDDDDDDDDDDDDDDDDDDDD--EE---F----"
"GGG--H----IIIIIJJJ--KKKKKL----M----N----OOOO-P---Q";
static const char isic31_sections[] =
"-AA--B----CCCCCDDDDDDDDDDDDDDDDDDDDDDD--EE---F----"
"GGG--H----IIIIIJJJ--KKKKKL----M----N----OOOO-PPP-Q";
static const char isic4_sections[] =
"-AAA-BBBBBCCCCCCCCCCCCCCCCCCCCCCCC-DEEEE-FFF-GGG-H"
"HHHH-II-JJJJJJKKK-LMMMMMMM-NNNNNN-OPQQQ-RRRRSSSTTU";
static const char isic5_sections[] =
"-AAA-BBBBBCCCCCCCCCCCCCCCCCCCCCCCC-DEEEE-FFF--GG-H"
"HHHH-II-JJJKKKLLL-MNNNNNNN-OOOOOO-PQRRR-SSSSTTTUUV";

static const char *const activity_levels[] = {"section", "division", "group", "class", "subclass"};
static const char *const isic2_levels[] = {"major division", "division", "major group", "group"};
static const char *const naics_levels[] = {"sector", "subsector", "industry group", "industry", "national industry"};
static const char *const hs_levels[] = {"chapter", "heading", "subheading", "national line", "national subline"};
static const char *const sitc_levels[] = {"section", "division", "group", "subgroup", "item"};
static const char *const cofog_levels[] = {"division", "group", "class"};
static const char *const sna_levels[] = {
	"economy", "sector", "subsector", "level 4", "level 5", "level 6",
	"level 7", "level 8", "level 9", "level 10", "level 11", "level 12"
};
static const char *const isco_levels[] = {"major group", "sub-major group", "minor group", "unit group", "sub-unit group"};
static const char *const isco1968_levels[] = {"major group", "minor group", "unit group", "occupation"};
static const char *const korea_levels[] = {"province", "municipality", "district", "township", "village"};
static const char *const nuts_levels[] = {"country", "NUTS 1", "NUTS 2", "NUTS 3"};
static const char *const fips_levels[] = {"state", "county", "tract", "block group"};
static const char *const iso_levels[] = {"country", "subdivision"};

static const CodeForm ksic_form = {
	CODE_SECTION_DIGITS, SHAPE_PLAIN, 5, {1, 0, 2, 3, 4, 5}, 0, activity_levels,
	"a section letter or 2 to 5 digits", "35111, D or ksic9:36"
};
static const CodeForm isic_form = {
	CODE_SECTION_DIGITS, SHAPE_PLAIN, 4, {1, 0, 2, 3, 4}, 0, activity_levels,
	"a section letter or 2 to 4 digits", "isic:3510, isic:D or isic3.1:4010"
};
static const CodeForm isic2_form = {
	CODE_SECTION_DIGITS, SHAPE_PLAIN, 4, {0, 1, 2, 3, 4}, 0, isic2_levels,
	"1 to 4 digits", "isic2:3841"
};
static const CodeForm nace_form = {
	CODE_SECTION_DIGITS, SHAPE_PLAIN, 4, {1, 0, 2, 3, 4}, 1 << 2, activity_levels,
	"a section letter or 2 to 4 digits with a dot after the second", "nace:35.11, nace:D or nace2.1:35.11"
};
static const CodeForm naics_form = {
	CODE_RANGE_DIGITS, SHAPE_PLAIN, 6, {1, 0, 0, 2, 3, 4, 5}, 0, naics_levels,
	"a sector of 2 digits (or 31-33, 44-45, 48-49) or 3 to 6 digits", "naics:221112 or naics:31-33"
};
static const CodeForm hs_form = {
	CODE_DIGITS, SHAPE_PLAIN, 10, {0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5}, 1 << 4 | 1 << 6 | 1 << 8, hs_levels,
	"2, 4, 6, 8 or 10 digits with dots after the fourth, sixth and eighth", "hs:8541.40"
};
static const CodeForm sitc_form = {
	CODE_DIGITS, SHAPE_PLAIN, 5, {0, 1, 2, 3, 4, 5}, 1 << 3, sitc_levels,
	"1 to 5 digits with a dot after the third", "sitc:776.37"
};
static const CodeForm cpc_form = {
	CODE_DIGITS, SHAPE_PLAIN, 5, {0, 1, 2, 3, 4, 5}, 0, activity_levels,
	"1 to 5 digits", "cpc:17100"
};
static const CodeForm cofog_form = {
	CODE_DIGITS, SHAPE_PLAIN, 4, {0, 0, 1, 2, 3}, 1 << 2 | 1 << 3, cofog_levels,
	"2 to 4 digits with dots after the second and third", "cofog:04.3.5"
};
static const CodeForm sna_form = {
	CODE_DIGITS, SHAPE_SNA, 12, {0}, 0, sna_levels,
	"an S and digits, each level ending in a digit other than 0 (below S13, two digits)", "sna:S1311"
};
static const CodeForm isco_form = {
	CODE_DIGITS, SHAPE_PLAIN, 4, {0, 1, 2, 3, 4}, 0, isco_levels,
	"1 to 4 digits", "isco:2151"
};
static const CodeForm isco1968_form = {
	CODE_DIGITS, SHAPE_PLAIN, 5, {0, 1, 2, 3, 0, 4}, 0, isco1968_levels,
	"1, 2, 3 or 5 digits", "isco1968:02305"
};
static const CodeForm ksco_form = {
	CODE_DIGITS, SHAPE_KSCO, 5, {0, 1, 2, 3, 4, 5}, 0, isco_levels,
	"1 to 5 digits, or an A and up to 4 digits", "ksco:23511"
};
static const CodeForm cluster_form = {
	CODE_SYMBOL_LEVELS, SHAPE_PLAIN, 0, {0}, 0, NULL,
	"up to 10 letters, digits and dots between levels", "cluster:ENERGY"
};
static const CodeForm group_form = {
	CODE_SYMBOL_LEVELS, SHAPE_PLAIN, 0, {0}, 0, NULL,
	"up to 10 letters, digits and dots between levels", "group:DE"
};
static const CodeForm io_form = {
	CODE_SYMBOL_LEVELS, SHAPE_PLAIN, 0, {0}, 0, NULL,
	"up to 10 letters, digits and dots between levels", "io:C01"
};
static const CodeForm mois_form = {
	CODE_DIGITS, SHAPE_MOIS, 10, {0, 0, 1, 0, 0, 2, 0, 0, 4, 0, 5}, 0, korea_levels,
	"2, 5, 8 or 10 digits", "46170 or kostat:36040"
};
static const CodeForm kostat_form = {
	CODE_DIGITS, SHAPE_KOSTAT, 8, {0, 0, 1, 0, 0, 2, 0, 0, 4}, 0, korea_levels,
	"2, 5, 7 or 8 digits", "kostat:36040"
};
static const CodeForm nuts_form = {
	CODE_SYMBOL_LEVELS, SHAPE_NUTS, 4, {0}, 0, nuts_levels,
	"two letters and up to 3 letters or digits", "nuts:DE212"
};
static const CodeForm fips_form = {
	CODE_DIGITS, SHAPE_PLAIN, 12, {0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 0, 3, 4}, 0, fips_levels,
	"2, 5, 11 or 12 digits", "fips:08031"
};
static const CodeForm iso_form = {
	CODE_SYMBOL_LEVELS, SHAPE_ISO, 2, {0}, 0, iso_levels,
	"two letters, or these, a hyphen and up to 3 letters or digits", "iso:KR-46"
};
static const CodeForm x_form = {
	CODE_SYMBOL_LEVELS, SHAPE_PLAIN, 0, {0}, 0, NULL,
	"up to 10 letters, digits and dots between levels", "x:COAST.A1"
};

static const CodeEdition ksic_editions[] = {
	[0] = {"ksic", &ksic_form, ksic10_sections},
	[8] = {"ksic8", &ksic_form, ksic8_sections},
	[9] = {"ksic9", &ksic_form, ksic9_sections},
	[10] = {"ksic10", &ksic_form, ksic10_sections},
	[11] = {"ksic11", &ksic_form, ksic10_sections}
};
static const CodeEdition isic_editions[] = {
	{"isic", &isic_form, isic4_sections},
	{"isic2", &isic2_form, NULL},
	{"isic3", &isic_form, isic3_sections},
	{"isic3.1", &isic_form, isic31_sections},
	{"isic4", &isic_form, isic4_sections},
	{"isic5", &isic_form, isic5_sections}
};
static const CodeEdition nace_editions[] = {
	{"nace", &nace_form, isic4_sections},
	{"nace1", &nace_form, isic3_sections},
	{"nace1.1", &nace_form, isic31_sections},
	{"nace2", &nace_form, isic4_sections},
	{"nace2.1", &nace_form, isic5_sections}
};
static const CodeEdition naics_editions[] = {
	{"naics", &naics_form, NULL},
	{"naics1997", &naics_form, NULL},
	{"naics2002", &naics_form, NULL},
	{"naics2007", &naics_form, NULL},
	{"naics2012", &naics_form, NULL},
	{"naics2017", &naics_form, NULL},
	{"naics2022", &naics_form, NULL}
};
static const CodeEdition hs_editions[] = {
	{"hs", &hs_form, NULL},
	{"hs1988", &hs_form, NULL},
	{"hs1996", &hs_form, NULL},
	{"hs2002", &hs_form, NULL},
	{"hs2007", &hs_form, NULL},
	{"hs2012", &hs_form, NULL},
	{"hs2017", &hs_form, NULL},
	{"hs2022", &hs_form, NULL}
};
static const CodeEdition sitc_editions[] = {
	{"sitc", &sitc_form, NULL},
	{"sitc1", &sitc_form, NULL},
	{"sitc2", &sitc_form, NULL},
	{"sitc3", &sitc_form, NULL},
	{"sitc4", &sitc_form, NULL}
};
static const CodeEdition cpc_editions[] = {
	{"cpc", &cpc_form, NULL},
	{"cpc1", &cpc_form, NULL},
	{"cpc1.1", &cpc_form, NULL},
	{"cpc2", &cpc_form, NULL},
	{"cpc2.1", &cpc_form, NULL}
};
static const CodeEdition cofog_editions[] = {
	{"cofog", &cofog_form, NULL}
};
static const CodeEdition sna_editions[] = {
	{"sna", &sna_form, NULL},
	{"sna1993", &sna_form, NULL},
	{"sna2008", &sna_form, NULL},
	{"sna2025", &sna_form, NULL}
};
static const CodeEdition isco_editions[] = {
	{"isco", &isco_form, NULL},
	{"isco1968", &isco1968_form, NULL},
	{"isco1988", &isco_form, NULL},
	{"isco2008", &isco_form, NULL}
};
static const CodeEdition ksco_editions[] = {
	[0] = {"ksco", &ksco_form, NULL},
	[6] = {"ksco6", &ksco_form, NULL},
	[7] = {"ksco7", &ksco_form, NULL},
	[8] = {"ksco8", &ksco_form, NULL}
};
static const CodeEdition cluster_editions[] = {
	{"cluster", &cluster_form, NULL}
};
static const CodeEdition group_editions[] = {
	{"group", &group_form, NULL}
};
static const CodeEdition io_editions[] = {
	{"io", &io_form, NULL}
};
static const CodeEdition mois_editions[] = {
	{"mois", &mois_form, NULL}
};
static const CodeEdition kostat_editions[] = {
	{"kostat", &kostat_form, NULL}
};
static const CodeEdition nuts_editions[] = {
	{"nuts", &nuts_form, NULL},
	{"nuts2010", &nuts_form, NULL},
	{"nuts2013", &nuts_form, NULL},
	{"nuts2016", &nuts_form, NULL},
	{"nuts2021", &nuts_form, NULL},
	{"nuts2024", &nuts_form, NULL}
};
static const CodeEdition fips_editions[] = {
	{"fips", &fips_form, NULL}
};
static const CodeEdition iso_editions[] = {
	{"iso", &iso_form, NULL}
};
static const CodeEdition x_editions[] = {
	{"x", &x_form, NULL}
};

#define SCHEME(editions) {editions, sizeof(editions) / sizeof(editions[0])}

const CodeScheme code_schemes[2][CODE_SCHEME_COUNT] = {
	[CODE_SECTOR] = {
		[0] = SCHEME(ksic_editions),
		[1] = SCHEME(isic_editions),
		[2] = SCHEME(nace_editions),
		[3] = SCHEME(naics_editions),
		[4] = SCHEME(hs_editions),
		[5] = SCHEME(sitc_editions),
		[6] = SCHEME(cpc_editions),
		[7] = SCHEME(cofog_editions),
		[8] = SCHEME(sna_editions),
		[9] = SCHEME(isco_editions),
		[10] = SCHEME(ksco_editions),
		[16] = SCHEME(cluster_editions),
		[17] = SCHEME(group_editions),
		[18] = SCHEME(io_editions)
	},
	[CODE_REGION] = {
		[0] = SCHEME(mois_editions),
		[1] = SCHEME(kostat_editions),
		[2] = SCHEME(nuts_editions),
		[3] = SCHEME(fips_editions),
		[4] = SCHEME(iso_editions),
		[16] = SCHEME(x_editions)
	}
};

const int64_t code_power[CODE_SYMBOLS + 1] = {
	INT64_C(1), INT64_C(39), INT64_C(1521), INT64_C(59319), INT64_C(2313441), INT64_C(90224199),
	INT64_C(3518743761), INT64_C(137231006679), INT64_C(5352009260481), INT64_C(208728361158759),
	INT64_C(8140406085191601)
};

bool
code_find_edition(CodeKind kind, const char *name, size_t len, int *scheme, int *edition)
{
	char		lower[16];

	if (len >= sizeof(lower))
		return false;
	for (size_t i = 0; i < len; i++)
		lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? name[i] + ('a' - 'A') : name[i];

	for (*scheme = 0; *scheme < CODE_SCHEME_COUNT; (*scheme)++)
	{
		const CodeScheme *s = &code_schemes[kind][*scheme];

		for (*edition = 0; *edition < s->edition_count; (*edition)++)
		{
			const char *candidate = s->editions[*edition].name;

			if (candidate != NULL && strlen(candidate) == len && memcmp(candidate, lower, len) == 0)
				return true;
		}
	}
	return false;
}

int
code_sna_step(uint64_t digits, int length, int total)
{
	if (length == 0)
		return code_place(digits, 0) > 1 ? 1 : 0;

	/* The subsectors of general government have two digits: S1311 lies directly under S13. */
	if (length == 2 && code_place(digits, 0) == 1 + 1 && code_place(digits, 1) == 3 + 1)
		return total >= 4 && code_place(digits, 2) > 1 && code_place(digits, 3) > 1 ? 4 : 0;

	/* A step may start with zeros (S11001 lies under S11) but does not end with one. */
	for (int i = length; i < total; i++)
	{
		if (code_place(digits, i) > 1)
			return i + 1;
	}
	return 0;
}
