#!/usr/bin/perl
#
# build.pl - make the install script of innocity_kr: SQL parts + CSV data -> one SQL text on standard output.
#
#   perl build.pl DATA_FOLDER PART.sql...
#
# A part is SQL with three additions, so that a table's columns, comments and rows stand in one place:
#
#   column type,   --: text          in CREATE TABLE or CREATE VIEW: becomes COMMENT ON COLUMN; on the line that
#                                     opens the statement it becomes the COMMENT of the table or view
#   @rows TABLE FILE.csv COLUMN... ;  INSERTs. A COLUMN is `name` (the file's column of that name) or
#                                     `name=template`: {x} stands for the file's column x; [a b] quotes spaces;
#                                     list(PREFIX,x) is an array of the file's x, split at blanks and semicolons.
#                                     A template whose {x} are all empty gives NULL.
#   @overlay NAME unit COLUMN needs COLUMN... ;
#                                     beside the shipped table NAME_shipped: the table NAME_user for users' own
#                                     rows and the view NAME that unites them. A user's row takes the place of
#                                     all shipped rows of the same unit; `needs` columns may be NULL only in a
#                                     row that removes.
#
# The output depends on nothing but its input: same files, same bytes. Values are written as quoted literals,
# which the column's own type reads, so nothing here or there depends on a cast.
use strict;
use warnings;

my $batch = 500;    # rows an INSERT; large enough that parsing dominates, small enough to read an error's position

my ($data, @parts) = @ARGV;
die "usage: build.pl DATA_FOLDER PART.sql...\n" unless @parts;

my %filled;         # tables that got rows
my %columns;        # table -> [columns in order], of the tables created so far
my %comment;        # table.column -> its comment
binmode STDOUT;
print "\\echo Use \"CREATE EXTENSION innocity_kr CASCADE\" to load this file. \\quit\n";
for my $part (@parts)
{
	open my $in, '<:raw', $part or die "$part: $!\n";
	my ($directive, $table, @comments) = ('', undef);
	while (my $line = <$in>)
	{
		if ($directive ne '' or $line =~ /^\@/)
		{
			$directive .= $line;
			if ($directive =~ /;\s*$/)
			{
				run_directive($directive, "$part:$.");
				$directive = '';
			}
			next;
		}
		my $text = $line =~ s/\s*--:\s*(.*?)\s*$/\n/ ? $1 : undef;
		if ($line =~ /^CREATE (TABLE|VIEW) (\w+)/)
		{
			$table = $2;
			push @comments, "COMMENT ON $1 $table IS " . literal($text) . ";\n" if defined $text;
		}
		elsif (defined $table and $line =~ /^\s+(\w+)/)
		{
			my $column = $1;
			push @{ $columns{$table} }, $column if defined $text;
			$comment{"$table.$column"} = $text;
			push @comments, "COMMENT ON COLUMN $table.$column IS " . literal($text) . ";\n" if defined $text;
		}
		print $line;
		if (defined $table and $line =~ /;\s*$/)
		{
			print @comments;
			($table, @comments) = (undef);
		}
	}
	die "$part: a directive lacks its semicolon\n" if $directive ne '';
	close $in;
}
print "ANALYZE ", join(', ', sort keys %filled), ";\n";

sub run_directive
{
	my ($text, $where) = @_;
	$text =~ s/;\s*$//;
	my ($verb, $name, @words) = $text =~ /((?:\[[^\]]*\]|[^\s\[])+)/g;
	return rows($name, $where, @words) if $verb eq '@rows';
	return overlay($name, $where, @words) if $verb eq '@overlay';
	die "$where: unknown directive $verb\n";
}

sub rows
{
	my ($table, $where, $file, @specs) = @_;
	open my $in, '<:raw', "$data/$file" or die "$where: $data/$file: $!\n";
	my @header = csv_record($in, $file) or die "$file: empty\n";
	my %index = map { $header[$_] => $_ } 0 .. $#header;
	my (@names, @makers);
	for (@specs)
	{
		my ($name, $template) = /^(\w+)(?:=(.*))?$/s or die "$where: bad column $_\n";
		push @names, $name;
		push @makers, maker(defined $template ? $template : "{$name}", \%index, "$where: $file");
	}
	my @values;
	while (my @record = csv_record($in, $file))
	{
		die "$file:$.: " . @record . " fields, not " . @header . "\n" if @record != @header;
		push @values, '(' . join(',', map { $_->(\@record) } @makers) . ')';
		flush_rows($table, \@names, \@values) if @values == $batch;
	}
	flush_rows($table, \@names, \@values);
	$filled{$table} = 1;
	close $in;
}

sub flush_rows
{
	my ($table, $names, $values) = @_;
	return unless @$values;
	print "INSERT INTO $table (", join(', ', @$names), ") VALUES\n", join(",\n", @$values), ";\n";
	@$values = ();
}

# A template to a function from record to SQL literal.
sub maker
{
	my ($template, $index, $where) = @_;
	$template =~ s/^\[(.*)\]$/$1/s;
	my $at = sub {
		my $i = $index->{ $_[0] };
		return defined $i ? $i : die "$where: no column $_[0]\n";
	};
	if ($template =~ /^list\((.*),(\w+)\)$/)
	{
		my ($prefix, $i) = ($1, $at->($2));
		return sub {
			my @items = split /[ ;]+/, $_[0][$i];
			return @items ? literal('{' . join(',', map { "$prefix$_" } @items) . '}') : 'NULL';
		};
	}
	my @pieces = map { /^\{(\w+)\}$/ ? $at->($1) : \"$_" } split /(\{\w+\})/, $template;
	my @used = grep { !ref } @pieces;
	return sub {
		my $record = $_[0];
		return 'NULL' if @used and !grep { $record->[$_] ne '' } @used;
		return literal(join '', map { ref ? $$_ : $record->[$_] } @pieces);
	};
}

sub overlay
{
	my ($name, $where, @words) = @_;
	my ($mode, %list) = ('');
	for (@words)
	{
		if (/^(unit|needs)$/) { $mode = $_ }
		else { push @{ $list{$mode} }, $_ }
	}
	my @columns = @{ $columns{"${name}_shipped"} || die "$where: ${name}_shipped is not known\n" };
	my @unit = @{ $list{unit} || die "$where: no unit\n" };
	my @needs = @{ $list{needs} || [] };
	my $alter = join '', map { "\n    ALTER $_ DROP NOT NULL," } @needs;
	my $check = join ' AND ', map { "$_ IS NOT NULL" } @needs;
	$check = "\n    ADD CONSTRAINT ${name}_user_complete CHECK (removed OR $check)," if @needs;
	$check ||= '';
	my $all = join ', ', @columns;
	my $same = join ' AND ', map { "u.$_ = s.$_" } @unit;
	my $shipped = join ', ', map { "s.$_" } @columns;
	print <<"SQL";
CREATE TABLE ${name}_user (
    LIKE ${name}_shipped INCLUDING ALL,
    removed     boolean NOT NULL DEFAULT false
);
ALTER TABLE ${name}_user$alter$check
    ALTER source SET DEFAULT CURRENT_USER;
COMMENT ON TABLE ${name}_user IS 'Users'' own rows of $name: a row here takes the place of the shipped rows of the same @{[join ', ', @unit]}. Dumped with the database.';
COMMENT ON COLUMN ${name}_user.source IS 'Where the row comes from; the role that wrote it when nothing is given.';
COMMENT ON COLUMN ${name}_user.removed IS 'True: the row only removes the shipped rows of the same @{[join ', ', @unit]}.';
SELECT pg_catalog.pg_extension_config_dump('${name}_user', '');
CREATE VIEW $name WITH (security_invoker = true) AS
SELECT $all
  FROM ${name}_user WHERE NOT removed
UNION ALL
SELECT $shipped
  FROM ${name}_shipped s
 WHERE NOT EXISTS (SELECT FROM ${name}_user u WHERE $same);
COMMENT ON VIEW $name IS 'The rows of ${name}_user, and of ${name}_shipped what no user''s row replaces.';
GRANT SELECT ON ${name}_shipped, ${name}_user, $name TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON ${name}_user TO pg_database_owner WITH GRANT OPTION;
GRANT INSERT, UPDATE, DELETE ON ${name}_user TO \@extowner\@;
SQL
	for my $column (@columns)
	{
		print "COMMENT ON COLUMN $name.$column IS ", literal($comment{"${name}_shipped.$column"}), ";\n";
	}
}

# One record of a CSV file (RFC 4180; a quoted field may span lines); the empty list at the end of the file.
sub csv_record
{
	my ($in, $file) = @_;
	my $line = <$in>;
	return unless defined $line;
	my @fields;
	while (1)
	{
		my $field;
		if ($line =~ s/^"//)
		{
			until ($line =~ s/^((?:[^"]|"")*)"(?!")/$field = $1; ''/e)
			{
				my $more = <$in>;
				die "$file:$.: quote is not closed\n" unless defined $more;
				$line .= $more;
			}
			$field =~ s/""/"/g;
		}
		else
		{
			$line =~ s/^([^,\r\n]*)/$field = $1; ''/e;
		}
		push @fields, $field;
		next if $line =~ s/^,//;
		last if $line =~ /^\r?\n?$/;
		die "$file:$.: stray text after a field\n";
	}
	return @fields;
}

sub literal
{
	my ($text) = @_;
	# A backslash would depend on standard_conforming_strings, and CREATE EXTENSION replaces @...@ and MODULE_PATHNAME.
	die "a value holds a backslash, \@ or MODULE_PATHNAME: $text\n" if $text =~ /[\\@]|MODULE_PATHNAME/;
	$text =~ s/'/''/g;
	return "'$text'";
}
