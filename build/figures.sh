#!/usr/bin/env bash
# The project's figures, each measured anew: a figure that cannot be measured is an error, never an old number.
#   build/figures.sh prepare    builds, in Release, what all figures need
#   build/figures.sh            lists the figures with what each one says
#   build/figures.sh NAME       measures one; its last line is "NAME VALUE UNIT"
#
# A figure is one file, build/figures/NAME.sh, with these parts and nothing else:
#   * comments on top: what the figure says, in one sentence; then, if need be, how it is measured;
#   * projects=(tests/X ...): the projects that "prepare" builds for it;
#   * packages=(X ...), if need be: Debian packages that "prepare" installs for it;
#   * measure(): prints what it likes, then the last line. It fails if what it measures is wrong or missing: no rows is not "all rows".
# It may use the functions below.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
figures=$root/build/figures
configuration=Release

refuse() {
  echo "figures.sh: $*" >&2
  exit 1
}

# program PROJECT: the assembly of a project as "prepare" built it.
program() {
  local dll="$root/$1/bin/$configuration/net10.0/$(basename "$1").dll"
  [[ -f $dll ]] || refuse "$(basename "$1") is not built; run 'build/figures.sh prepare' first."
  local newer
  newer=$(find "$root/src" "$root/weaver" "$root/runtime" "$root/native" "$root/$1" \
    \( -name bin -o -name obj -o -name samples \) -prune -o -type f \( -name '*.cs' -o -name '*.il' -o -name '*.csproj' \) -newer "$dll" -print -quit)
  [[ -z $newer ]] || refuse "${newer#"$root"/} is newer than what 'build/figures.sh prepare' built; run it again."
  echo "$dll"
}

# run PROJECT ARGUMENT...: runs the program of a project.
run() {
  local dll
  dll=$(program "$1")
  dotnet exec "$dll" "${@:2}"
}

# tests PROJECT FILTER: runs tests (a filter of "dotnet test") and prints what they print; shows everything and fails if one fails.
tests() {
  local dll output
  dll=$(program "$1")
  output=$(dotnet vstest "$dll" --TestCaseFilter:"$2" --logger:"console;verbosity=detailed") || {
    echo "$output" >&2
    refuse "tests failed: $2"
  }
  echo "$output"
}

names() {
  local file
  for file in "$figures"/*.sh; do basename "$file" .sh; done
}

list() {
  local name
  for name in $(names); do printf '%-20s %s\n' "$name" "$(sed -n '1s/^# *//p' "$figures/$name.sh")"; done
}

# Sourced in a subshell each, so that the names of one figure are not those of another.
projects_of() (
  source "$figures/$1.sh"
  printf '%s\n' "${projects[@]}"
)

packages_of() (
  packages=()
  source "$figures/$1.sh"
  ((${#packages[@]} == 0)) || printf '%s\n' "${packages[@]}"
)

install_packages() {
  local name package missing=()
  for package in $(for name in $(names); do packages_of "$name"; done | sort -u); do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
  done
  ((${#missing[@]} == 0)) || { apt-get update -qq && apt-get install -y -qq "${missing[@]}" >/dev/null; } ||
    refuse "some figures need packages of Debian that could not be installed; do it as root: apt-get install ${missing[*]}"
}

prepare() {
  local project
  for project in $(for name in $(names); do projects_of "$name"; done | sort -u); do
    dotnet build "$root/$project" -c "$configuration" -v quiet --nologo
    # An incremental build may leave the file untouched; what was built is current all the same.
    touch "$root/$project/bin/$configuration/net10.0/$(basename "$project").dll"
  done
  install_packages
}

figure() {
  local output
  source "$figures/$1.sh"
  output=$(mktemp)
  trap "rm -f '$output'" EXIT
  measure | tee "$output"
  tail -n 1 "$output" | grep -qE "^$1 [^ ]+ [^ ]+$" || refuse "the last line is not '$1 VALUE UNIT'."
}

if [[ $# -eq 0 ]]; then
  list
elif [[ $# -eq 1 && $1 == prepare ]]; then
  prepare
elif [[ $# -eq 1 && -f $figures/$1.sh ]]; then
  figure "$1"
else
  refuse "there is no figure '$*'; the names are: $(names | paste -sd' '); 'prepare' builds what they need."
fi
