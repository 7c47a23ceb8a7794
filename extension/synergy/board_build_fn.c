/*
 * board_build_fn.c
 *	  Writes a board (see board.h) from what was read.
 *
 * The texts are numbered in the order of their bytes, their places become these numbers, worths are laid over the sectors that bridges
 * lead to, and the sections are copied behind each other.
 */
#include "synergy/board_builder.h"

#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "matrix/matrix.h"

/* Bytes hashed in one call, which takes an int. */
#define DIGEST_STEP (1 << 24)

static int
compare_int32(const void *p, const void *q)
{
	int32		a = *(const int32 *) p,
				b = *(const int32 *) q;

	return (a > b) - (a < b);
}

/* A text and where it was read. */
typedef struct PlacedText
{
	TextId		id;
	int32		place;
} PlacedText;

static int
compare_texts(const void *p, const void *q)
{
	return text_id_cmp(((const PlacedText *) p)->id, ((const PlacedText *) q)->id);
}

/* Numbers the texts in the order of their bytes: number[place]; texts holds each once and in that order then. */
static int32 *
number_texts(BoardBuilder *b)
{
	int			n = (int) b->text.n;
	TextId	   *text = b->text.data;
	PlacedText *sorted = palloc_extended(sizeof(PlacedText) * Max(n, 1), MCXT_ALLOC_HUGE);
	int32	   *number = palloc_extended(sizeof(int32) * Max(n, 1), MCXT_ALLOC_HUGE);
	int			distinct = 0;

	for (int i = 0; i < n; i++)
	{
		sorted[i].id = text[i];
		sorted[i].place = i;
	}
	qsort(sorted, n, sizeof(PlacedText), compare_texts);
	for (int i = 0; i < n; i++)
	{
		if (i == 0 || text_id_cmp(text[distinct - 1], sorted[i].id) != 0)
			text[distinct++] = sorted[i].id;
		number[sorted[i].place] = distinct - 1;
	}
	b->text.n = distinct;
	return number;
}

static void
renumber(BoardBuilder *b)
{
	int32	   *number = number_texts(b);

	for (int64 i = 0; i < b->institution.n; i++)
	{
		BoardInstitution *institution = (BoardInstitution *) b->institution.data + i;

		institution->scenario = number[institution->scenario];
		institution->id = number[institution->id];
		if (institution->ministry >= 0)
			institution->ministry = number[institution->ministry];
	}
	for (int64 i = 0; i < b->partner.n; i++)
	{
		BoardPartner *partner = (BoardPartner *) b->partner.data + i;

		partner->id = number[partner->id];
	}
	for (int64 i = 0; i < b->incumbent.n; i++)
	{
		BoardIncumbent *incumbent = (BoardIncumbent *) b->incumbent.data + i;

		incumbent->id = number[incumbent->id];
		if (incumbent->ministry >= 0)
			incumbent->ministry = number[incumbent->ministry];
	}
	for (int64 i = 0; i < b->tie.n; i++)
		((BoardTie *) b->tie.data)[i].id = number[((BoardTie *) b->tie.data)[i].id];
	for (int64 i = 0; i < b->affiliate.n; i++)
		((int32 *) b->affiliate.data)[i] = number[((int32 *) b->affiliate.data)[i]];
	for (int64 i = 0; i < b->part.n; i++)
		((BoardPart *) b->part.data)[i].name = number[((BoardPart *) b->part.data)[i].name];
	for (int64 i = 0; i < b->city.n; i++)
	{
		BoardCity  *city = (BoardCity *) b->city.data + i;

		city->scenario = number[city->scenario];
		city->variant = number[city->variant];
		city->id = number[city->id];
		if (city->ties.n > 1)
			qsort((BoardTie *) b->tie.data + city->ties.first, city->ties.n, sizeof(BoardTie), compare_int32);
		if (city->affiliates.n > 1)
			qsort((int32 *) b->affiliate.data + city->affiliates.first, city->affiliates.n, sizeof(int32), compare_int32);
	}
}

static int
compare_int64(const void *p, const void *q)
{
	int64		a = *(const int64 *) p,
				b = *(const int64 *) q;

	return (a > b) - (a < b);
}

/* The chains of all terms' sectors, each once, and each term's place among them. */
static void
place_chains(BoardBuilder *b, Vector *chain)
{
	int64		n = b->term_sector.n;
	int64	   *sector = b->term_sector.data;
	int64	   *distinct = palloc_extended(sizeof(int64) * Max(n, 1), MCXT_ALLOC_HUGE);
	ProfileTerm *term = b->term.data;
	int			ndistinct = 0;

	if (n > 0)
		memcpy(distinct, sector, sizeof(int64) * n);
	qsort(distinct, n, sizeof(int64), compare_int64);
	for (int64 k = 0; k < n; k++)
		if (k == 0 || distinct[ndistinct - 1] != distinct[k])
			distinct[ndistinct++] = distinct[k];
	for (int k = 0; k < ndistinct; k++)
	{
		ProfileChain *added = board_vector_add(b, chain, 1);

		added->level = code_ancestors(CODE_SECTOR, distinct[k], added->code);
	}
	for (int64 k = 0; k < n; k++)
		term[k].chain = code_position(distinct, ndistinct, sector[k]);
}

/* Where the products begin in a line of sums; nproducts + 1. */
static int64 *
product_starts(BoardBuilder *b)
{
	int64	   *start = palloc0(sizeof(int64) * (b->product.n + 1));

	for (int64 p = 0; p < b->product.n; p++)
		start[p + 1] = start[p] + ((Product *) b->product.data + p)->sector.n;
	return start;
}

/* The line of sums of each city, over the sectors of all products. */
static void
place_worths(BoardBuilder *b, const int64 *start, Vector *known, Vector *sum)
{
	int			nproducts = (int) b->product.n;
	int64		width = start[nproducts];
	int32	   *is_known = board_vector_add(b, known, b->city.n * nproducts);
	double	   *line = board_vector_add(b, sum, b->city.n * width);

	for (int64 w = 0; w < b->worth.n; w++)
	{
		WorthOf    *of = (WorthOf *) b->worth.data + w;
		Vector	   *sector = &((Product *) b->product.data + of->product)->sector;
		double	   *place = line + of->city * width + start[of->product];
		ProfileView p;

		CHECK_FOR_INTERRUPTS();
		is_known[(int64) of->city * nproducts + of->product] = 1;
		sector_profile_view(of->profile, &p);
		for (int i = 0; i < p.n; i++)
		{
			int			at = code_position(sector->data, (int) sector->n, p.codes[i]);

			if (at >= 0)
				place[at] = p.weights[i];
		}
	}
}

/* A section of the value, and the vector that fills it. */
typedef struct Filling
{
	BoardSection *section;
	const Vector *vector;
} Filling;

static Board *
assemble(BoardBuilder *b)
{
	Vector		known,
				sum,
				chain,
				text_end,
				text,
				product_place;
	int64	   *start;
	Board		header;
	Board	   *board;
	int64		size = MAXALIGN(sizeof(Board));

	board_vector_init(&known, sizeof(int32));
	board_vector_init(&sum, sizeof(double));
	board_vector_init(&chain, sizeof(ProfileChain));
	board_vector_init(&text_end, sizeof(int64));
	board_vector_init(&text, 1);
	board_vector_init(&product_place, sizeof(int64));
	renumber(b);
	start = product_starts(b);
	place_worths(b, start, &known, &sum);
	place_chains(b, &chain);
	memcpy(board_vector_add(b, &product_place, b->product.n + 1), start, sizeof(int64) * (b->product.n + 1));
	for (int64 i = 0; i < b->text.n; i++)
	{
		TextId		id = ((TextId *) b->text.data)[i];

		if (id.len > 0)
			memcpy(board_vector_add(b, &text, id.len), id.data, id.len);
		*(int64 *) board_vector_add(b, &text_end, 1) = text.n;
	}

	memset(&header, 0, sizeof(header));
	header.format = BOARD_FORMAT;
	header.nproducts = (int32) b->product.n;
	header.max_parts = b->max_parts;
	header.max_partners = b->max_partners;
	{
		Filling		filling[] = {
			{&header.text_end, &text_end}, {&header.text, &text}, {&header.institution, &b->institution}, {&header.city, &b->city},
			{&header.product_place, &product_place}, {&header.route, &b->route}, {&header.cell, &b->cell}, {&header.known, &known},
			{&header.sum, &sum}, {&header.term, &b->term}, {&header.chain, &chain}, {&header.partner, &b->partner}, {&header.incumbent, &b->incumbent},
			{&header.tie, &b->tie}, {&header.affiliate, &b->affiliate}, {&header.part, &b->part}, {&header.share, &b->share}
		};

		for (int i = 0; i < lengthof(filling); i++)
		{
			filling[i].section->offset = size;
			filling[i].section->n = filling[i].vector->n;
			size += MAXALIGN(filling[i].vector->n * filling[i].vector->size);
		}
		if (size > MaxAllocSize)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("the institutions and cities do not fit into one value"),
					 errdetail("They would have %lld bytes, and a value has at most 1 GB.", (long long) size),
					 errhint("Keep scenarios of this size in plans of their own.")));
		board = palloc0(size);
		memcpy(board, &header, sizeof(header));
		for (int i = 0; i < lengthof(filling); i++)
			if (filling[i].vector->n > 0)
				memcpy((char *) board + filling[i].section->offset, filling[i].vector->data, filling[i].vector->n * filling[i].vector->size);
	}
	SET_VARSIZE(board, size);
	for (char *at = (char *) &board->text_end, *end = (char *) board + size; at < end; at += DIGEST_STEP)
		board->digest = hash_bytes_extended((unsigned char *) at, (int) Min(end - at, DIGEST_STEP), board->digest);
	return board;
}

PGDLLEXPORT PG_FUNCTION_INFO_V1(innocity_synergy_board);

/* synergy_board(institutions, bridges, cities) */
Datum
innocity_synergy_board(PG_FUNCTION_ARGS)
{
	BoardBuilder b;

	memset(&b, 0, sizeof(b));
	b.context = CurrentMemoryContext;
	board_vector_init(&b.text, sizeof(TextId));
	board_vector_init(&b.product, sizeof(Product));
	board_vector_init(&b.institution, sizeof(BoardInstitution));
	board_vector_init(&b.city, sizeof(BoardCity));
	board_vector_init(&b.bridge, sizeof(Bridge));
	board_vector_init(&b.route, sizeof(BoardRun));
	board_vector_init(&b.cell, sizeof(BoardCell));
	board_vector_init(&b.term, sizeof(ProfileTerm));
	board_vector_init(&b.term_sector, sizeof(int64));
	board_vector_init(&b.worth, sizeof(WorthOf));
	board_vector_init(&b.partner, sizeof(BoardPartner));
	board_vector_init(&b.incumbent, sizeof(BoardIncumbent));
	board_vector_init(&b.tie, sizeof(BoardTie));
	board_vector_init(&b.affiliate, sizeof(int32));
	board_vector_init(&b.part, sizeof(BoardPart));
	board_vector_init(&b.share, sizeof(BoardShare));
	if (!PG_ARGISNULL(1))
		board_read_bridges(&b, PG_GETARG_ARRAYTYPE_P(1));
	if (!PG_ARGISNULL(0))
		board_read_institutions(&b, PG_GETARG_ARRAYTYPE_P(0));
	if (!PG_ARGISNULL(2))
		board_read_cities(&b, PG_GETARG_ARRAYTYPE_P(2));
	PG_RETURN_POINTER(assemble(&b));
}
