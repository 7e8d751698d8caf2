#!/bin/sh
# Runs programs one after the other, in the emulated machine or in this one; needs nothing but a shell and env.
#   run-commands.sh DOTNET FOLDER FILE
# FILE has a command a line: [exit=CODE] [NAME=VALUE]... PROGRAM.dll [ARGUMENT]... Words are split at blanks, and there are no quotes; # starts a comment line.
# PROGRAM.dll is looked for in FOLDER. CODE is the exit code that it is to end with, 0 if nothing is said, and 128 + n if signal n is to end it.
set -f
dotnet=$1
commands=$3
cd "$2" || exit 1
count=0
met=0
while read -r line; do
  case $line in
    '' | '#'*) continue ;;
  esac
  echo "> $line"
  expected=0
  variables=
  # shellcheck disable=SC2086 # the line is to be split
  set -- $line
  while :; do
    case $1 in
      *.dll) break ;;
      exit=*) expected=${1#exit=} ;;
      *=*) variables="$variables $1" ;;
      *) break ;;
    esac
    shift
  done
  # shellcheck disable=SC2086
  env $variables "$dotnet" exec "$@" </dev/null 2>&1
  code=$?
  count=$((count + 1))
  if [ "$code" = "$expected" ]; then
    met=$((met + 1))
    echo "exit code $code"
  else
    echo "exit code $code instead of $expected"
  fi
done < "$commands"
echo "commands: $count, $met as expected"
[ "$count" = "$met" ] && [ "$count" -gt 0 ]
