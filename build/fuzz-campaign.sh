#!/usr/bin/env bash
# A long fuzzing campaign; the figure "fuzz" is a short one.
#   build/fuzz-campaign.sh [--domains] [--seconds N] [--seed N]
# It leaves tests/MemSentry.Fuzzing/campaign.md: where and how it ran, what it counted and what it found. The first things it finds are shrunk to small
# members and put into artifacts/fuzzing, ready to be moved to tests/MemSentry.Fuzzing/Regressions. Exit code 1: something was found, or fewer than
# 100,000 members were run. With --domains it tries scenarios of windows instead, at least 1,000, and leaves campaign-domains.md.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
project=$root/tests/MemSentry.Fuzzing
seconds=1800
seed=$(date +%Y%m%d)
arm=(--members 100000)
result=campaign.md

while [[ $# -gt 0 ]]; do
  case $1 in
    --domains)
      arm=(--domains --batch 40 --members 1000)
      result=campaign-domains.md
      shift
      ;;
    --seconds | --seed)
      [[ ${2-} =~ ^[0-9]+$ ]] || { echo "fuzz-campaign.sh: $1 needs a number." >&2; exit 2; }
      printf -v "${1#--}" '%s' "$2"
      shift 2
      ;;
    *)
      echo "Usage: build/fuzz-campaign.sh [--domains] [--seconds N] [--seed N]" >&2
      exit 2
      ;;
  esac
done

dotnet build "$project" -c Release -v quiet --nologo
exec dotnet exec "$project/bin/Release/net10.0/MemSentry.Fuzzing.dll" \
  --seconds "$seconds" --seed "$seed" "${arm[@]}" --result "$project/$result" --keep "$root/artifacts/fuzzing"
