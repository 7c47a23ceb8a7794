# Documents: relative links lead to files, and fenced blocks are closed.
use strict;
use warnings;
use File::Basename qw(dirname);
use Test::More;

foreach my $file (glob('*.md docs/*/*.md'))
{
	open my $in, '<', $file or die "$file: $!";
	my $text = do { local $/; <$in> };
	close $in;
	my $fences = () = $text =~ /^```/mg;
	is($fences % 2, 0, "$file closes its blocks");
	$text =~ s/^```.*?^```//msg;
	my @lost = grep { !/^(\w+:|#)/ && !-e dirname($file) . '/' . s/#.*//r } $text =~ /\]\(([^)\s]+)\)/g;
	is("@lost", '', "$file links to files that exist");
}

done_testing;
