#!/usr/bin/perl
#
# build.pl - make an update script: what turns the objects of an old version's install script into those of the present one.
#
#   perl build.pl OLD.sql NEW.sql [BY_HAND.sql]
#
# Install scripts are lists of statements. One that both have is left out; a new CREATE is copied; a CREATE FUNCTION or
# CREATE AGGREGATE of the same name and arguments with another body becomes CREATE OR REPLACE; a COMMENT that is new or
# reads otherwise is copied. What no comparison can know - that something was dropped, or a type altered - stands in
# BY_HAND.sql, which comes first, and names each statement of OLD.sql that it does away with in a line
#
#   -- replaces: CREATE FUNCTION name(arguments)
#
# A difference that neither explains is an error, so that no release forgets it. The output depends on nothing but the
# input: same files, same bytes.
use strict;
use warnings;

my ($old_file, $new_file, $hand_file) = @ARGV;
die "usage: build.pl OLD.sql NEW.sql [BY_HAND.sql]\n" unless defined $new_file;

my ($old_version, $new_version) = map { /--([\d.]+)\.sql$/ ? $1 : die "$_: no version in the name\n" } $old_file, $new_file;
my $hand = defined $hand_file ? slurp($hand_file) : '';
my %replaced = map { $_ => 1 } $hand =~ /^-- replaces: (.*?)\s*$/mg;
my @old = statements(slurp($old_file));
my @new = statements(slurp($new_file));
my %in_old = map { $_ => 1 } @old;
my %old_of = map { key($_) => $_ } @old;
my %in_new = map { key($_) => 1 } @new;
my @errors;

foreach my $key (sort keys %old_of)
{
	next if $in_new{$key} or $key =~ /^COMMENT/ or delete $replaced{$key};
	push @errors, "$key is gone";
}
push @errors, map { "$_ is not in $old_file, or not gone" } sort keys %replaced;

binmode STDOUT;
print qq{\\echo Use "ALTER EXTENSION innocity UPDATE TO '$new_version'" to load this file. \\quit\n}, $hand;
foreach my $statement (@new)
{
	next if $in_old{$statement};
	my $key = key($statement);
	if (exists $old_of{$key} and $statement !~ s/^CREATE (FUNCTION|AGGREGATE)\b/CREATE OR REPLACE $1/ and $key !~ /^COMMENT/)
	{
		push @errors, "$key reads otherwise";
	}
	print "$statement\n";
}
if (@errors)
{
	print STDERR "$_ since $old_version: say what to do in extension/updates/innocity--$old_version--$new_version.sql (docs/en/upgrade.md)\n"
	  foreach @errors;
	exit 1;
}

# What a statement is about. Two with one key are the same object; functions are told apart by their arguments as written,
# without defaults.
sub key
{
	my ($statement) = @_;
	(my $text = $statement) =~ s/\s+/ /g;
	if ($text =~ /^(CREATE (?:FUNCTION|AGGREGATE) [\w."]+ ?)(\(.*)/)
	{
		my ($name, $rest, $depth, $arguments) = ($1, $2, 0, '');
		foreach my $char (split //, $rest)
		{
			$depth++ if $char eq '(';
			$depth-- if $char eq ')';
			$arguments .= $char;
			last if $depth == 0;
		}
		$arguments =~ s/ (?:DEFAULT|=) (?:'[^']*'(?:::\w+)?|[\w.+-]+(?:\[\])?)//g;
		$name =~ s/ $//;
		return $name . $arguments;
	}
	return $1 if $text =~ /^(COMMENT ON .*?) IS /;
	return $1 if $text =~ /^(CREATE CAST \(.*?\))/;
	return "$1 $2 $3" if $text =~ /^(CREATE OPERATOR \S+) \(.*?\b(?:LEFTARG|leftarg) = (\w+).*?\b(?:RIGHTARG|rightarg) = (\w+)/i and $text !~ /^CREATE OPERATOR (?:CLASS|FAMILY)/;
	return $1 if $text =~ /^(CREATE (?:TYPE|VIEW|TABLE|OPERATOR CLASS|OPERATOR FAMILY) [\w."]+(?: USING \w+)?)/;
	return $text;
}

# A script as the list of its statements, without what stands between them.
sub statements
{
	my ($text) = @_;
	my (@found, $statement, $depth) = ();
	($statement, $depth) = ('', 0);
	while ($text =~ /\G(?<space>\s+)|\G(?<note>--[^\n]*|\/\*.*?\*\/|\\echo[^\n]*)|\G(?<quoted>'(?:[^']|'')*'|"[^"]*"|(?<tag>\$\w*\$).*?\k<tag>)|\G(?<word>\w+)|\G(?<other>.)/gs)
	{
		my $piece = $&;
		next if $statement eq '' and (defined $+{space} or defined $+{note});
		if (defined $+{word})
		{
			$depth++ if $piece eq 'ATOMIC' or ($depth and $piece eq 'CASE');
			$depth-- if $depth and $piece eq 'END';
		}
		$statement .= $piece;
		if ($piece eq ';' and $depth == 0)
		{
			push @found, $statement;
			$statement = '';
		}
	}
	die "a statement does not end: $statement\n" if $statement =~ /\S/;
	return @found;
}

sub slurp
{
	my ($file) = @_;
	open my $in, '<:raw', $file or die "$file: $!\n";
	local $/;
	return scalar <$in>;
}
