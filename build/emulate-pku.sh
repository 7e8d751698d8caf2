#!/usr/bin/env bash
# Runs programs on a processor that has protection keys: on this one if it has some, else on an emulated one.
#   build/emulate-pku.sh [--download] [--kernel FILE] [--seconds N] [--processors N] [--result FILE] [--program FOLDER [--commands FILE | --entry NAME.dll [ARGUMENT...]]]
# Without --commands and --entry it is the scenario protection-keys of tests/MemSentry.Native.Probe: the stubs of protection keys, and those of crypt, whose
# AES keys lie in execute-only pages. The program and the .NET that runs it are put into an initial file system, and a kernel is started with it in QEMU's
# interpreter; nothing is installed, and no privilege is needed.
#   --download    fetches the package of Debian's kernel for cloud machines into artifacts/emulation, where later runs find it
#   --kernel      another kernel image, from Linux 5.14 on
#   --program     a folder with programs that are built already; all that is in it is there in the machine too, under the same path. Without it, the probe is built
#   --entry       runs this program of the folder; what follows are its arguments
#   --commands    runs several, as build/emulation/run-commands.sh reads them from the file
#   --seconds     how long all of it may take, 600 if nothing is said
#   --processors  how many it has, 1 if nothing is said
#   --result      also writes what was seen, with versions, to a file
# Exit code: 0 every program ended as it should, 1 one did not, 2 wrong options, 77 skipped, because something that it needs is missing; it says what.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
project=$root/tests/MemSentry.Native.Probe
work=$root/artifacts/emulation
kernel=
program=
entry=
arguments=()
commands=
seconds=600
processors=1
result=
invocation="build/emulate-pku.sh${*:+ }$*"

skip() {
  echo "emulate-pku: skipped: $*"
  exit 77
}

usage() {
  echo "${1:+emulate-pku: $1; }usage: build/emulate-pku.sh [--download] [--kernel FILE] [--seconds N] [--processors N] [--result FILE] [--program FOLDER [--commands FILE | --entry NAME.dll [ARGUMENT...]]]" >&2
  exit 2
}

download() {
  command -v apt-get >/dev/null || skip "no kernel can be downloaded here (this is no Debian); give one by --kernel"
  local package
  package=$(apt-cache depends linux-image-cloud-amd64 2>/dev/null | sed -n 's/.*Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1)
  [[ -n $package ]] || skip "apt knows no linux-image-cloud-amd64; run 'apt-get update'"
  mkdir -p "$work/kernel"
  (cd "$work/kernel" && apt-get download "$package" >/dev/null 2>&1 && dpkg -x "$package"_*.deb .) || skip "$package cannot be downloaded"
}

while [[ $# -gt 0 ]]; do
  case $1 in
    --download)
      download
      shift
      ;;
    --entry)
      [[ -n ${2-} ]] || usage "--entry needs the name of a program"
      entry=$2
      arguments=("${@:3}")
      break
      ;;
    --kernel | --program | --commands | --seconds | --processors | --result)
      [[ -n ${2-} ]] || usage "$1 needs a value"
      printf -v "${1#--}" '%s' "$2"
      shift 2
      ;;
    *)
      usage "'$1' is no option"
      ;;
  esac
done

[[ -z $entry && -z $commands || -n $program ]] || usage "--entry and --commands need --program"
[[ -z $entry || -z $commands ]] || usage "--entry and --commands exclude each other"
[[ -z $program || -d $program ]] || usage "there is no folder $program"
[[ -z $commands || -r $commands ]] || usage "the file $commands cannot be read"
[[ -z $entry || -r $program/$entry ]] || usage "there is no $program/$entry"
[[ $seconds =~ ^[1-9][0-9]*$ && $processors =~ ^[1-9][0-9]*$ ]] || usage "--seconds and --processors are numbers from 1 on"

find_kernel() {
  if [[ -z $kernel ]]; then
    kernel=$(find "$work/kernel" -name 'vmlinuz-*' -print -quit 2>/dev/null || true)
  fi
  [[ -n $kernel ]] || skip "there is no kernel; run 'build/emulate-pku.sh --download' once, or give one by --kernel"
  [[ -r $kernel ]] || skip "the kernel $kernel cannot be read"
}

# What is to run: the folder, the files of it that are needed, and a file of commands.
prepare() {
  if [[ -z $program ]]; then
    dotnet build "$project" -c Release -v quiet --nologo
    program=$project/bin/Release/net10.0
  fi
  program=$(cd "$program" && pwd)
  files=(.)
  if [[ -n $commands ]]; then
    cp "$commands" "$folder/commands"
  elif [[ -n $entry ]]; then
    echo "$entry ${arguments[*]}" > "$folder/commands"
  else
    cp "$root/build/emulation/protection-keys.commands" "$folder/commands"
    files=(MemSentry.Native.Probe.{dll,runtimeconfig.json,deps.json} {MemSentry.Runtime,MemSentry.Native,Iced}.dll)
  fi
}

# A program may bring scripts of bash.
find_bash() {
  [[ -z $(find "$1" -name '*.sh' -print -quit) ]] || command -v bash
}

# The programs, the .NET that runs them, and of the system what that is linked with: the GNU C library and little else.
make_image() {
  local image=$folder/image home framework file library
  home=$(dirname "$(readlink -f "$(command -v dotnet)")")
  runtime=$(dotnet --list-runtimes | sed -nE 's/^Microsoft\.NETCore\.App (10\.[^ ]+) .*/\1/p' | sort -V | tail -n 1)
  [[ -n $runtime ]] || skip "there is no .NET 10 runtime"
  mkdir -p "$image"/{bin,proc,sys,dev,tmp,dotnet/host/fxr,dotnet/shared} "$image$program"
  (cd "$program" && cp -r "${files[@]}" "$image$program")
  cp "$home/dotnet" "$image/dotnet"
  cp -r "$home/host/fxr/$runtime" "$image/dotnet/host/fxr"
  for framework in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
    if [[ $framework == Microsoft.NETCore.App ]] || grep -qsr --include='*.runtimeconfig.json' "\"$framework\"" "$image$program"; then
      mkdir -p "$image/dotnet/shared/$framework"
      cp -r "$home/shared/$framework/$runtime" "$image/dotnet/shared/$framework"
    fi
  done
  # .NET loads OpenSSL by name, where there is one: hashes need it.
  { echo "$image/dotnet/dotnet"; find "$image/dotnet" "$image$program" -name '*.so'; find_bash "$image$program"; ldconfig -p | sed -nE 's/^\s*lib(ssl|crypto)\.so\.3 .*=> //p'; } | while read -r file; do
    [[ $file == "$image"/* ]] || echo "$file"
    ldd "$file" 2>/dev/null | sed -nE 's/.* => (\/[^ ]+) .*/\1/p; s/^\s*(\/[^ ]+ld-linux[^ ]+) .*/\1/p'
  done | sort -u | while read -r library; do
    [[ $library == "$image"/* ]] || install -D "$library" "$image$library"
  done
  cp "$(command -v busybox)" "$image/bin/busybox"
  ln -s busybox "$image/bin/env"
  ln -s ../dotnet/dotnet "$image/bin/dotnet"
  mkdir -p "$image/usr/bin"
  ln -s ../../bin/busybox "$image/usr/bin/env"
  echo "$program" > "$image/folder"
  cp "$folder/commands" "$root/build/emulation/run-commands.sh" "$image"
  install "$root/build/emulation/init.sh" "$image/init"
  (cd "$image" && find . | cpio --quiet -o -H newc) > "$folder/image.cpio"
}

emulate() {
  timeout "$seconds" qemu-system-x86_64 -accel tcg -cpu max,-smap -smp "$processors" -m 2048 -nographic -no-reboot -net none \
    -kernel "$kernel" -initrd "$folder/image.cpio" \
    -append "console=ttyS0 quiet panic=-1 secretmem.enable=1" </dev/null | sed -un 's/\r//g; s/^.*emulated: /emulated: /; /^the machine ends/q; /^emulated: /,$p'
}

run() {
  if has_keys; then
    timeout "$seconds" sh "$root/build/emulation/run-commands.sh" dotnet "$program" "$folder/commands" || true
  else
    emulate || true
  fi
}

has_keys() { grep -qw ospke /proc/cpuinfo; }

command -v dotnet >/dev/null || skip "the .NET 10 SDK is not on PATH"
if ! has_keys; then
  for tool in qemu-system-x86_64 busybox cpio; do
    command -v "$tool" >/dev/null || skip "$tool is missing (Debian: apt-get install qemu-system-x86 busybox-static cpio)"
  done
  find_kernel
fi
mkdir -p "$work"
folder=$(mktemp -d "$work/run.XXXXXX")
trap 'rm -rf "$folder"' EXIT
prepare
has_keys || make_image

run | tee "$folder/seen"
if [[ -n $result ]]; then
  {
    echo "# Protection keys, on a processor that has them"
    echo
    echo "By \`$invocation\`, with $(qemu-system-x86_64 --version 2>/dev/null | head -n 1 || echo 'no emulator'), .NET $(dotnet --version)."
    echo
    echo '```'
    cat "$folder/seen"
    echo '```'
  } > "$result"
fi
if ! grep -q '^commands: ' "$folder/seen"; then
  echo "emulate-pku: the machine did not end within $seconds seconds (--seconds) or stopped" >&2
  exit 1
fi
grep -qE '^commands: ([1-9][0-9]*), \1 as expected$' "$folder/seen"
