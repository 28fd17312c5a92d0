#!/usr/bin/env bash
# Edge's one door: installs what is missing, builds, tests, and shows the whole road from data to an answer over MQTT.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

usage() { cat <<'END'
Edge: understands what callers say, on your own machine.

  ./build.sh run [--once]   train the demonstration bundle if there is none, start broker and appliance,
                            analyse utterances over MQTT and show the answers; Ctrl-C ends (--once: ends by itself)
  ./build.sh test [FILTER]  everything that CI checks; FILTER as in 'dotnet test --filter'
  ./build.sh build          out/edge-trainer, out/edge-appliance, out/edge-bench
  ./build.sh bench          latency of the demonstration bundle on this machine
  ./build.sh deps           only install what is missing (run, test, build and bench do it too)
  ./build.sh clean          remove what was built, trained and downloaded

  --gpu                     with any of them: build for CUDA (ONNX Runtime's packages, and libtorch's where they can be had)

Needs Debian 12 (or newer) on x86-64 and the .NET 10 SDK. Installs with apt as root or through sudo.
END
}

# ---- saying things, options ------------------------------------------------------------------------------------
say()  { printf '%s\n' "$*"; }
step() { if [ -t 1 ]; then printf '\033[1m==>\033[0m %s\n' "$*"; else say "==> $*"; fi; }
die()  { printf 'build.sh: %s\n' "$1" >&2; exit "${2:-3}"; }

verb="" gpu=false once="" filter=""
for word; do
  case "$word" in
    -h|--help) usage; exit 0 ;;
    --gpu) gpu=true ;;
    --once) once=--once ;;
    --packages*) die "--packages is gone: Edge is built with the real packages only (docs/adr/0011)" 2 ;;
    -*) die "unknown option $word; ./build.sh --help shows what there is" 2 ;;
    deps|build|run|test|bench|clean) [ -z "$verb" ] || die "two verbs: $verb and $word; use one" 2; verb=$word ;;
    *) [ "$verb" = test ] && [ -z "$filter" ] || die "unknown word '$word'; ./build.sh --help shows what there is" 2; filter=$word ;;
  esac
done
[ -n "$verb" ] || { usage; exit 2; }
# Tools report nothing and look for no news of themselves; what they fetch is packages.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=1 NPM_CONFIG_UPDATE_NOTIFIER=false

try()      { step "$1"; log=$(mktemp); "${@:2}" >"$log" 2>&1 && rm -f "$log"; } # try TITLE COMMAND...: where it fails, its output is in $log
show_log() { grep -E '(error|warning) ' "$log" | sort -u >&2 || tail -n 30 "$log" >&2; die "$1 failed; the whole log: $log" 1; }
quietly()  { try "$@" || show_log "$1"; } # the same, but a failure ends the script

# ---- what is needed, and why -----------------------------------------------------------------------------------
want() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ] || { missing+=("$1"); say "  $1: $2"; }; }

deps() {
  [ "$(uname -m)" = x86_64 ] || die "the trainer's libtorch is for x86-64 only; this machine is $(uname -m)"
  dotnet --version >/dev/null 2>&1 || die "the .NET SDK 10.0.100 or newer is missing: https://dotnet.microsoft.com/download ($(dotnet --version 2>&1 | head -n 1))"
  step "checking what is installed"
  local missing=() root=env
  want ca-certificates "the registries are asked over TLS"
  want libonnx-dev "onnx.proto, the format that the trainer exports"
  want python3-onnx "its checker judges exported files in the tests"
  want mosquitto "the MQTT broker of 'run' and of the tests"
  want mosquitto-clients "mosquitto_pub and mosquitto_sub, to try more by hand"
  [ "$(id -u)" = 0 ] || root=sudo
  [ ${#missing[@]} = 0 ] || try "installing ${missing[*]}" $root DEBIAN_FRONTEND=noninteractive \
    sh -c 'apt-get update && apt-get install -y --no-install-recommends "$@"' apt "${missing[@]}" || {
      tail -n 15 "$log" >&2
      die "could not install ${missing[*]}. As root: apt-get install ${missing[*]}. Without a mirror, bring the .deb files: apt-get install ./*.deb. Log: $log"; }
  ! $gpu || choose_cuda
}

properties=()
choose_cuda() { # appliance and bench take ONNX Runtime for CUDA; the trainer takes libtorch for CUDA where a source has it
  properties=(-p:EdgeGpu=true)
  try "asking for TorchSharp-cuda-linux" dotnet restore trainer/Edge.Trainer.csproj "${properties[@]}" && return
  grep -Eq 'NU(110[1-3]|1603).*(TorchSharp|libtorch)-cuda' "$log" || show_log "restoring the CUDA packages"
  rm -f "$log"; properties+=(-p:EdgeTorchCuda=false)
  say "  Appliance and bench are built for CUDA. The trainer trains on the CPU: no package source has the TorchSharp-cuda-linux of"
  say "  Directory.Packages.props, or libtorch's CUDA packages that it depends on. To bring them, download their .nupkg files into a"
  say "  folder where nuget.org can be reached, run 'dotnet nuget add source FOLDER' here, then build again."
}

# ---- build, test -----------------------------------------------------------------------------------------------
compile()  { dotnet "$1" "$2" -c Release -v quiet -nodeReuse:false "${properties[@]}" "${@:3}"; }
settings() { say "${properties[*]} $(dotnet --version)"; }
is_fresh() { # is_fresh STAMP: built with these settings, and nothing has changed since
  [ -f "$1" ] && [ "$(cat "$1")" = "$(settings)" ] && [ -z "$(find . -mindepth 1 \( -path ./.git -o -path ./out -o -path ./.deps \
    -o -path ./node_modules -o -name bin -o -name obj \) -prune -o -newer "$1" -print -quit)" ]
}

build() {
  mkdir -p out
  ! is_fresh out/.built-products || return 0
  quietly "building edge-trainer" compile build trainer/Edge.Trainer.csproj
  # The bench brings the appliance. Both are compiled to machine code here and not while they start: half the time of a first answer.
  rm -rf out/bench
  if ! try "building edge-appliance and edge-bench" compile publish tools/bench/Edge.Bench.csproj -o out/bench -p:PublishReadyToRun=true; then
    grep -Eiq 'NU110[1-3]: .*crossgen|NETSDK1094' "$log" || show_log "building edge-bench"
    say "  the registry lacks .NET's compiler to machine code (Microsoft.NETCore.App.Crossgen2): first answers take longer, nothing else changes"
    quietly "building them without it" compile publish tools/bench/Edge.Bench.csproj -o out/bench
  fi
  ln -sf ../trainer/bin/Release/net10.0/edge-trainer bench/edge-appliance bench/edge-bench out
  settings >out/.built-products
}

run_tests() {
  rm -rf out/test-results; mkdir -p out/test-results
  is_fresh out/.built-tests || { quietly "building Edge.sln" compile build Edge.sln; settings >out/.built-tests; }
  local status=0 misformed=0
  [ -n "$filter" ] || try "checking the format" dotnet format whitespace . --folder --verify-no-changes --exclude '**/bin/**' '**/obj/**' || {
    status=1 misformed=1; grep -F ': error ' "$log" | sort -u >&2
    say "  not formatted as .editorconfig says; to correct it: dotnet format whitespace . --folder"; }
  step "testing"
  # All test assemblies run side by side, the programs that they start too: libtorch's threads would wait for each other, and hardly any
  # of the programs lives long enough for profiles of its code to pay.
  OMP_NUM_THREADS=1 DOTNET_TieredPGO=0 compile test Edge.sln --no-build -m:5 --logger trx --logger "console;verbosity=minimal" --results-directory out/test-results \
    ${filter:+--filter "$filter"} || status=$?
  cat out/test-results/*.trx 2>/dev/null | awk -F'"' -v failed=$misformed -v total=$misformed '/<Counters /{total+=$2; passed+=$6; failed+=$8+$10}
    END {if (!total) print "no test ran"; printf "%d passed, %d failed", passed, failed; skipped=total-passed-failed
         if (skipped) printf ", %d skipped", skipped; print ""; exit !total || failed}' || status=1
  return $status
}

bundle=out/demo/bundle
demo() { # the demonstration's bundle, made once
  [ ! -f $bundle/manifest.json ] || return 0
  [ -f out/demo/data/train.jsonl ] || { step "writing utterances to learn from (seeded, made up)"; out/edge-trainer synth --out out/demo/data --count 10000 --seed 1; }
  step "training a teacher, distilling a student, exporting it (once)"
  out/edge-trainer run --data out/demo/data --out $bundle --teacher-size 256x4x1024 --epochs 0,5,7 --seed 1
}

case "$verb" in
  deps)  deps ;;
  build) deps; build; say "out/edge-trainer, out/edge-appliance, out/edge-bench" ;;
  test)  deps; tools/bench/peers/fetch.sh; run_tests ;;
  bench) deps; tools/bench/peers/fetch.sh; build; demo; out/edge-bench model --bundle $bundle ;;
  run)   deps; build; demo; exec tools/demo.sh $once ;;
  clean) rm -rf out .deps node_modules
         find . -type d \( -name bin -o -name obj \) -not -path './.git/*' -prune -exec rm -rf {} + ;;
esac
