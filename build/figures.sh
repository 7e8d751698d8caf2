#!/usr/bin/env bash
# The project's figures, each measured anew: a figure that cannot be measured is an error, never an old number.
# One function per figure; its last line is "NAME VALUE UNIT". Without an argument the names are listed.
# "build/figures.sh prepare" builds what they need.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configuration=Release

refuse() {
  echo "figures.sh: $*" >&2
  exit 1
}

# The program of a project as "prepare" built it.
program() {
  local dll="$root/$1/bin/$configuration/net10.0/$(basename "$1").dll"
  [[ -f $dll ]] || refuse "$(basename "$1") is not built; run 'build/figures.sh prepare' first."
  local newer
  newer=$(find "$root/src" "$root/weaver" "$root/runtime" "$root/native" "$root/$1" \
    \( -name bin -o -name obj -o -name samples \) -prune -o -type f \( -name '*.cs' -o -name '*.il' -o -name '*.csproj' \) -newer "$dll" -print -quit)
  [[ -z $newer ]] || refuse "${newer#"$root"/} is newer than what 'build/figures.sh prepare' built; run it again."
  echo "$dll"
}

prepare() {
  local project
  for project in tests/MemSentry.Attacks tests/MemSentry.RealAssemblies tests/MemSentry.Verifier.Tests tests/MemSentry.Cli.Tests; do
    dotnet build "$root/$project" -c "$configuration" -v quiet --nologo
    # An incremental build may leave the file untouched; what was built is current all the same.
    touch "$root/$project/bin/$configuration/net10.0/$(basename "$project").dll"
  done
}

attacks-blocked() {
  local dll
  dll=$(program tests/MemSentry.Attacks)
  dotnet exec "$dll"
}

real-assemblies() {
  local dll
  dll=$(program tests/MemSentry.RealAssemblies)
  dotnet exec "$dll"
}

# Assemblies that the verifier accepts after our weave, of the shared frameworks and some packages; it says why it rejects the others.
verify-corpus() {
  local dll output
  dll=$(program tests/MemSentry.Verifier.Tests)
  output=$(dotnet vstest "$dll" --TestCaseFilter:"FullyQualifiedName~CorpusTests" --logger:"console;verbosity=detailed") || {
    echo "$output" >&2
    refuse "the corpus tests failed."
  }
  sed -nE 's/^ (rejected: .*)/\1/p' <<<"$output"
  sed -nE 's/^ verify-corpus: ([0-9]+)\/([0-9]+) accepted.*/\1 \2/p' <<<"$output" |
    awk '{ accepted += $1; total += $2 } END { if (total == 0) exit 1; printf "verify-corpus %d/%d passed/total\n", accepted, total }' ||
    refuse "the corpus tests printed no figure."
}

# Access sites of TraceEvent that "list" and an enumeration that shares no code with it agree on.
list-sites() {
  local dll output
  dll=$(program tests/MemSentry.Cli.Tests)
  output=$(dotnet vstest "$dll" --TestCaseFilter:"FullyQualifiedName~SiteListTests.The_sites_of_TraceEvent" --logger:"console;verbosity=detailed") || {
    echo "$output" >&2
    refuse "the lists differ."
  }
  grep -oE '^ *list-sites: [0-9]+/[0-9]+ ' <<<"$output" | awk 'NR == 1 { printf "list-sites %s passed/total\n", $2; found = 1 } END { exit !found }' ||
    refuse "the test printed no figure."
}

names() {
  declare -F | awk '{ print $3 }' | grep -vxE 'refuse|program|names|prepare'
}

if [[ $# -eq 0 ]]; then
  names
elif [[ $# -eq 1 && ($1 == prepare || " $(names | paste -sd' ') " == *" $1 "*) ]]; then
  "$1"
else
  refuse "there is no figure '$*'; the names are: $(names | paste -sd' '); 'prepare' builds what they need."
fi
