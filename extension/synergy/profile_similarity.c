/*
 * profile_similarity.c
 *	  Cosine of two profiles through the similarity of codes; see the header.
 */
#include "synergy/profile_similarity.h"

#include <math.h>

static inline double
chain_similarity(const ProfileChain *a, const ProfileChain *b)
{
	int			shorter = a->level < b->level ? a->level : b->level;
	int			common = 0;

	while (common < shorter && a->code[common] == b->code[common])
		common++;
	return (double) common / (a->level + b->level - common);
}

/* End of the run of terms that share the top-level code of term i. */
static int
run_end(const Profile *p, int i)
{
	int64_t		top = profile_chain(p, i)->code[0];

	while (i < p->n && profile_chain(p, i)->code[0] == top)
		i++;
	return i;
}

/* a'Kb, always added in the order of the codes. */
static double
product(const Profile *a, const Profile *b)
{
	double		sum = 0;
	int			i = 0,
				j = 0;

	while (i < a->n && j < b->n)
	{
		int64_t		top_a = profile_chain(a, i)->code[0];
		int64_t		top_b = profile_chain(b, j)->code[0];

		if (top_a < top_b)
			i = run_end(a, i);
		else if (top_b < top_a)
			j = run_end(b, j);
		else
		{
			int			end_a = run_end(a, i);
			int			end_b = run_end(b, j);

			for (; i < end_a; i++)
			{
				const ProfileChain *own = profile_chain(a, i);
				double		inner = 0;

				for (int k = j; k < end_b; k++)
					inner += b->term[k].weight * chain_similarity(own, profile_chain(b, k));
				sum += a->term[i].weight * inner;
			}
			j = end_b;
		}
	}
	return sum;
}

void
profile_prepare(const int64_t *codes, const double *weights, int n, ProfileChain *chain, Profile *p)
{
	double		greatest = 0;
	int			exponent = 0;

	for (int i = 0; i < n; i++)
		if (weights[i] > greatest)
			greatest = weights[i];
	(void) frexp(greatest, &exponent);
	p->n = 0;
	p->chain = chain;
	for (int i = 0; i < n; i++)
	{
		ProfileTerm *term = &p->term[p->n];

		term->weight = ldexp(weights[i], -exponent);
		if (!(term->weight > 0))
			continue;
		chain[p->n].level = code_ancestors(CODE_SECTOR, codes[i], chain[p->n].code);
		term->chain = p->n;
		p->n++;
	}
	p->norm = product(p, p);
}

/* Any fixed order of two profiles, so that the products are added alike whichever comes first. */
static bool
comes_first(const Profile *a, const Profile *b)
{
	if (a->n != b->n)
		return a->n < b->n;
	for (int i = 0; i < a->n; i++)
	{
		int64_t		code_a = profile_sector(a, i);
		int64_t		code_b = profile_sector(b, i);

		if (code_a != code_b)
			return code_a < code_b;
		if (a->term[i].weight != b->term[i].weight)
			return a->term[i].weight < b->term[i].weight;
	}
	return true;
}

double
profile_similarity(const Profile *a, const Profile *b)
{
	double		cosine;

	if (a->n == 0 || b->n == 0)
		return NAN;
	cosine = (comes_first(a, b) ? product(a, b) : product(b, a)) / sqrt(a->norm * b->norm);
	return cosine > 1 ? 1 : cosine;
}
