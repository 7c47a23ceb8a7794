# Editors at work at the same time lose nothing: rows of the roadmap, policy events, copies of scenarios, runs, upgrades.
use strict;
use warnings;
use Test::More;
use IPC::Run ();
use Innocity;

my $node = start_node('editors');
$node->safe_psql('postgres', 'CREATE DATABASE city');
sub city { return $node->safe_psql('city', shift) }
city(q{
	CREATE EXTENSION innocity;
	SELECT create_plan('naju');
	INSERT INTO naju.city (city_id, capacity) VALUES ('NJ', 500);
	INSERT INTO naju.department (department, capacity) VALUES ('plan', 2), ('site', 1);
	INSERT INTO naju.task (task, department, duration) VALUES ('list', 'plan', 5), ('tour', 'site', 3);
	INSERT INTO naju.expert (expert) VALUES ('Kim');
	INSERT INTO naju.judgement (expert, criterion_a, criterion_b, judgement) VALUES ('Kim', 'localization', 'linkage', 3);
	INSERT INTO naju.policy_item (policy_item, name_en, stage) VALUES ('P', 'Second phase', 'announced');
	INSERT INTO naju.policy_event (policy_event, policy_item, event_date, name_en)
		SELECT e, 'P', '2026-03-02', 'Change ' || e FROM unnest('{E1,E2,E3}'::text[]) e;
	INSERT INTO naju.policy_change (policy_event, position, action, table_name, row_filter, new_values) VALUES
		('E1', 1, 'insert', 'city', '{}', '{"city_id": "JJ", "capacity": 100}'),
		('E2', 1, 'update', 'city', '{"city_id": "NJ"}', '{"max_count": 9}'),
		('E3', 1, 'update', 'city', '{"city_id": "NJ"}', '{"min_count": 1}');
});

# --- sessions: send() returns at once, answer() waits for what the statements sent have printed, errors with their SQLSTATE

my %session;

sub send_to
{
	my ($who, $sql) = @_;
	my $s = $session{$who} //= open_session($who);
	$s->{count}++;
	$s->{in} .= "$sql;\n\\echo end-$s->{count}\n";
	$s->{run}->pump_nb;
}

sub open_session
{
	my $who = shift;
	my $s = { in => '', out => '', err => '', count => 0 };
	$s->{run} = IPC::Run::start(
		[ 'psql', '-XAtq', '-v', 'VERBOSITY=verbose', '-v', "PROMPT1=", '-d', $node->connstr('city') . " application_name=$who" ],
		'<', \$s->{in}, '>', \$s->{out}, '2>', \$s->{err}, IPC::Run::timeout(120));
	return $s;
}

sub answer
{
	my $s = $session{ $_[0] };
	$s->{run}->pump until $s->{out} =~ /^end-$s->{count}$/m;
	# what went to standard error before is read by now or after one more look
	$s->{run}->pump_nb;
	my $answer = $s->{out} . $s->{err};
	$s->{out} = $s->{err} = '';
	$answer =~ s/^end-\d+\n//mg;
	return $answer;
}

sub does { my ($who, $sql) = @_; send_to($who, $sql); return answer($who) }

# Waits until a session waits for another's lock.
sub waits
{
	my $who = shift;
	foreach (1 .. 300)
	{
		$session{$who}{run}->pump_nb;
		return 1 if city("SELECT count(*) FROM pg_stat_activity WHERE application_name = '$who' AND wait_event_type = 'Lock'");
		select undef, undef, undef, 0.1;
	}
	return 0;
}

# --- rows

does('ann', q{BEGIN; UPDATE naju.task SET note = 'by Ann' WHERE task = 'list'});
does('bob', q{BEGIN; UPDATE naju.task SET note = 'by Bob' WHERE task = 'tour'; INSERT INTO naju.task (task, department, duration) VALUES ('call', 'plan', 1); COMMIT});
does('ann', 'COMMIT');
is(city('SELECT task, note FROM naju.task ORDER BY task'), "call|\nlist|by Ann\ntour|by Bob", 'two editors of one table keep both edits');

does('ann', q{BEGIN; UPDATE naju.task SET duration = duration + 1 WHERE task = 'list'});
send_to('bob', q{UPDATE naju.task SET duration = duration + 1 WHERE task = 'list'});
ok(waits('bob'), 'an editor of the same row waits');
does('ann', 'COMMIT');
is(answer('bob'), '', 'and goes on');
is(city(q{SELECT duration FROM naju.task WHERE task = 'list'}), '7', 'on top of the other edit');

does('bob', q{BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT note FROM naju.task WHERE task = 'list'});
does('ann', q{UPDATE naju.task SET note = 'Ann again' WHERE task = 'list'});
like(does('bob', q{UPDATE naju.task SET note = 'Bob did not see it' WHERE task = 'list'}), qr/40001/, 'an edit based on an old reading is refused at repeatable read');
does('bob', 'ROLLBACK');
is(city(q{SELECT note FROM naju.task WHERE task = 'list'}), 'Ann again', 'and loses nothing');

does('ann', q{BEGIN; INSERT INTO naju.task (task, department, duration) VALUES ('new', 'site', 2)});
send_to('bob', q{DELETE FROM naju.department WHERE department = 'site'});
ok(waits('bob'), 'who closes a department waits for who gives it a task');
does('ann', 'COMMIT');
is(answer('bob'), '', 'then closes it');
is(city(q{SELECT task, department IS NULL FROM naju.task WHERE task IN ('new', 'tour') ORDER BY task}), "new|t\ntour|t", 'the tasks stay, without an owner');
like(city(q{SELECT string_agg(object_id, ' ' ORDER BY object_id) FROM naju.plan_problem WHERE problem = 'task_without_department'}), qr/new.*tour/, 'and are listed');

# --- policy events

does('ann', q{BEGIN; SELECT apply_policy_event('naju', 'E1')});
send_to('bob', q{SELECT apply_policy_event('naju', 'E1')});
ok(waits('bob'), 'who applies the same event waits');
does('ann', 'COMMIT');
like(answer('bob'), qr/55000.*already applied/, 'and finds it applied');
is(city(q{SELECT count(*) FROM naju.city WHERE city_id = 'JJ'}), '1', 'once');

does('ann', q{BEGIN; SELECT apply_policy_event('naju', 'E2')});
send_to('bob', q{SELECT apply_policy_event('naju', 'E2')});
ok(waits('bob'), 'who applies the same event waits');
does('ann', 'ROLLBACK');
like(answer('bob'), qr/\(1,update,city,1\)/, 'and applies it when the other gave up');

does('ann', q{BEGIN; UPDATE naju.city SET capacity = 777 WHERE city_id = 'NJ'});
send_to('bob', q{SELECT apply_policy_event('naju', 'E3')});
ok(waits('bob'), 'an event waits for the editor of its row');
does('ann', 'COMMIT');
like(answer('bob'), qr/\(1,update,city,1\)/, 'then applies');
is(city(q{SELECT capacity, min_count FROM naju.city WHERE city_id = 'NJ'}), '777|1', 'both changes are there');
is(city(q{SELECT rows_before->0->>'capacity', rows_after->0->>'capacity' FROM naju.policy_change WHERE policy_event = 'E3'}),
	'777|777', 'and the rows before are those the event met');

# --- scenarios

# The copy is held up in its middle, at the table of judgements, while an expert with a judgement joins.
does('ann', q{BEGIN; LOCK TABLE naju.judgement IN ACCESS EXCLUSIVE MODE});
send_to('bob', q{SELECT copy_scenario('naju', 'base', 'copy')});
ok(waits('bob'), 'a copy waits for a table that is locked');
does('ann', q{INSERT INTO naju.expert (expert) VALUES ('Lee');
	INSERT INTO naju.judgement (expert, criterion_a, criterion_b, judgement) VALUES ('Lee', 'localization', 'linkage', 5); COMMIT});
is(answer('bob'), "copy\n", 'and copies');
is(city(q{SELECT (SELECT string_agg(expert, ' ' ORDER BY expert) FROM naju.expert WHERE scenario = 'copy'),
                 (SELECT string_agg(expert, ' ' ORDER BY expert) FROM naju.judgement WHERE scenario = 'copy')}), 'Kim Lee|Kim Lee', 'one state of all tables');

does('ann', q{BEGIN; SELECT copy_scenario('naju', 'base', 'twice')});
send_to('bob', q{SELECT copy_scenario('naju', 'base', 'twice')});
ok(waits('bob'), 'two copies of one name: the second waits');
does('ann', 'COMMIT');
like(answer('bob'), qr/23505/, 'and is refused');
does('ann', q{BEGIN; SELECT copy_scenario('naju', 'base', 'left')});
is(does('bob', q{SELECT copy_scenario('naju', 'base', 'right')}), "right\n", 'two copies of two names do not wait');
does('ann', q{UPDATE naju.task SET duration = 9 WHERE scenario = 'left' AND task = 'list'; COMMIT});
is(city(q{SELECT scenario, duration FROM naju.task WHERE task = 'list' AND scenario IN ('base', 'left', 'right') ORDER BY scenario}),
	"base|7\nleft|9\nright|7", 'an edit of a copy stays in it');

# --- runs

# An assessment is held up after it has noted the hash of its inputs, while a better candidate comes onto the list.
city(q{DELETE FROM naju.judgement WHERE scenario = 'base'; INSERT INTO naju.institution (institution_id, status, city_id) VALUES ('home', 'relocated', 'NJ'), ('first', 'capital', NULL);
	INSERT INTO naju.institution_sector (institution_id, sector, weight) VALUES ('home', '35', 1), ('first', '351', 1)});
does('ann', q{BEGIN; LOCK TABLE naju.sensitivity_run IN SHARE MODE});
send_to('bob', q{SELECT assess_sensitivity('naju', 'NJ') > 0});
ok(waits('bob'), 'an assessment waits');
does('ann', q{INSERT INTO naju.institution (institution_id, status) VALUES ('better', 'capital'); INSERT INTO naju.institution_sector (institution_id, sector, weight) VALUES ('better', '35', 1); COMMIT});
is(answer('bob'), "t\n", 'and assesses');
is(city(q{SELECT string_agg(DISTINCT object_id, ' ' ORDER BY object_id), bool_and(outdated) FROM naju.sensitivity WHERE change = 'with candidate'}), 'better first|t',
	'one state of candidates and scores, and no run that passes for one of present inputs when it may not be');
is(city(q{SELECT assess_sensitivity('naju', 'NJ') > 0; SELECT DISTINCT outdated FROM naju.sensitivity}), "t\nf", 'the next one is of present inputs');

does('ann', q{BEGIN; SELECT upgrade_plan('naju')});
send_to('bob', q{SELECT upgrade_plan('naju')});
ok(waits('bob'), 'two upgrades: the second waits');
does('ann', 'COMMIT');
is(answer('bob'), "naju\n", 'and finds nothing to do');

$_->{in} .= "\\q\n", $_->{run}->finish foreach values %session;
done_testing;
