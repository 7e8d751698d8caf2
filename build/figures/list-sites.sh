# Access sites of TraceEvent that "list" and an enumeration that shares no code with it agree on.
projects=(tests/MemSentry.Cli.Tests)

measure() {
  local output
  output=$(tests tests/MemSentry.Cli.Tests 'FullyQualifiedName~SiteListTests.The_sites_of_TraceEvent')
  grep -oE '^ *list-sites: [0-9]+/[0-9]+ ' <<<"$output" | awk 'NR == 1 { printf "list-sites %s passed/total\n", $2; found = 1 } END { exit !found }' ||
    refuse "the test printed no figure."
}
