#!/usr/bin/env bash
# Edge's one door: installs what is missing, builds, tests, and shows the whole road from data to an answer over MQTT.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

usage() {
  cat <<'EOF'
Edge: understands what callers say, on your own machine.

  ./build.sh run [--once]   train the demonstration bundle if there is none, start broker and appliance,
                            analyse utterances over MQTT and show the answers; Ctrl-C ends (--once: ends by itself)
  ./build.sh test [FILTER]  everything that CI checks; FILTER as in 'dotnet test --filter'
  ./build.sh build          out/edge-trainer, out/edge-appliance, out/edge-bench
  ./build.sh bench          latency of the demonstration bundle on this machine
  ./build.sh deps           only install what is missing (run, test, build and bench do it too)
  ./build.sh clean          remove what was built, trained and downloaded

Options
  --packages nuget|standin  the real NuGet packages, or the stand-ins over what Debian and npm ship;
                            without it the registry is asked once and the answer kept in EdgePackages.props
  --gpu                     the CUDA packages (TorchSharp-cuda-linux, Microsoft.ML.OnnxRuntime.Gpu); needs nuget
Environment
  LIBTORCH=/path            libtorch 2.x instead of Debian's, for the TorchSharp stand-in

Needs Debian 12 (or newer) and the .NET 10 SDK. Installs with apt as root or through sudo.
EOF
}

# ---- saying things ---------------------------------------------------------------------------------------------
say()  { printf '%s\n' "$*"; }
step() { printf '\033[1m==>\033[0m %s\n' "$*"; }
[ -t 1 ] || step() { printf '==> %s\n' "$*"; }
die()  { printf 'build.sh: %s\n' "$1" >&2; exit "${2:-3}"; }

# ---- options ---------------------------------------------------------------------------------------------------
verb="" packages="" gpu=false once=false filter=""
while [ $# -gt 0 ]; do
  case "$1" in
    -h|--help) usage; exit 0 ;;
    --packages) [ $# -ge 2 ] || die "--packages needs nuget or standin" 2; packages=$2; shift ;;
    --packages=*) packages=${1#*=} ;;
    --gpu) gpu=true ;;
    --once) once=true ;;
    deps|build|run|test|bench|clean) [ -z "$verb" ] || die "two verbs: $verb and $1; use one" 2; verb=$1 ;;
    -*) die "unknown option $1; ./build.sh --help shows what there is" 2 ;;
    *) if [ "$verb" = test ] && [ -z "$filter" ]; then filter=$1; else die "unknown word '$1'; ./build.sh --help shows what there is" 2; fi ;;
  esac
  shift
done
[ -n "$verb" ] || { usage; exit 2; }
case "$packages" in ""|nuget|standin) ;; *) die "--packages is '$packages'; use nuget or standin" 2 ;; esac
$gpu && [ "$packages" = standin ] && die "--gpu goes with the real packages (--packages nuget); for the stand-ins point LIBTORCH at a CUDA libtorch" 2

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
[ -n "${LIBTORCH:-}" ] && export LIBTORCH

# ---- what is needed, and why -----------------------------------------------------------------------------------
apt_root() {
  if [ "$(id -u)" = 0 ]; then DEBIAN_FRONTEND=noninteractive "$@"
  elif command -v sudo >/dev/null; then sudo DEBIAN_FRONTEND=noninteractive "$@"
  else die "needs root to install packages, and there is no sudo. As root: $*"; fi
}

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing=()
want() { # want PACKAGE REASON
  installed "$1" || { missing+=("$1"); say "  $1: $2"; }
}

install_missing() {
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "no apt-get here. Install by hand: ${missing[*]}"
  local log; log=$(mktemp)
  if ! { apt_root apt-get update && apt_root apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    die "apt could not install: ${missing[*]}. On a machine without a mirror, bring these .deb files and run 'apt-get install ./*.deb'. Log: $log"
  fi
  rm -f "$log"
  missing=()
}

choose_packages() { # asks the registry once: can it restore the real packages?
  local kept=""
  [ -f EdgePackages.props ] && kept=$(sed -n 's:.*<EdgePackages>\(.*\)</EdgePackages>.*:\1:p' EdgePackages.props)
  if [ -z "$packages" ]; then
    if $gpu; then packages=nuget
    elif [ -n "$kept" ]; then packages=$kept
    else
      step "asking the NuGet registry for the real packages"
      local log; log=$(mktemp)
      if dotnet restore packaging/probe/probe.csproj -p:EdgePackages=nuget >"$log" 2>&1; then
        packages=nuget
      elif grep -Eq 'error NU(110[1-3]|1603)' "$log"; then
        packages=standin # no such package, or not the version that Directory.Packages.props pins
        say "  it lacks: $(sed -nE -e 's/.*error NU110[1-3]: Unable to find package ([^ ]*).*/\1/p' -e 's/.*error NU1603: .* but (.*) was not found\. .*/\1/p' "$log" | sed 's/\.$//' | sort -u | paste -sd, | sed 's/,/, /g')"
      else
        cat "$log" >&2
        die "the registry could not be asked (above). Without one, bring the packages with --packages nuget and a local source, or use --packages standin."
      fi
      rm -f "$log"
    fi
  fi
  local want_props="<Project><PropertyGroup><EdgePackages>$packages</EdgePackages><EdgeGpu>$gpu</EdgeGpu></PropertyGroup></Project>"
  [ -f EdgePackages.props ] && [ "$(cat EdgePackages.props)" = "$want_props" ] || printf '%s\n' "$want_props" >EdgePackages.props
  case $packages in
    nuget) say "packages: nuget (the real ones)" ;;
    standin) say "packages: standin (standins/, over Debian's libtorch and npm's ONNX Runtime)" ;;
  esac
}

# ONNX Runtime for the stand-in: official managed sources and native library, as npm ships them.
ort_name=com.github.asus4.onnxruntime ort_version=0.4.9
ort_sha512=BkzxduSZ9IkeDP6Q8lz2TFU2ie7hSSvS7ZIfzMooExoq0CNzJnuuGaUJ7IsojBgqO4ouD1jXah8OYyJbCN29Fg==
fetch_onnxruntime() {
  local dir=.deps/$ort_name
  [ -f "$dir/.version" ] && [ "$(cat "$dir/.version")" = "$ort_version" ] && return 0
  command -v npm >/dev/null || { say "  npm: brings ONNX Runtime for the stand-in"; missing=(npm); install_missing; }
  step "bringing ONNX Runtime from npm ($ort_name $ort_version)"
  mkdir -p .deps
  local tgz
  tgz=$(cd .deps && npm pack --silent "$ort_name@$ort_version" 2>/dev/null) || true
  [ -n "$tgz" ] && [ -f ".deps/$tgz" ] || die "npm could not bring $ort_name@$ort_version. By hand: 'npm pack $ort_name@$ort_version' on a connected machine, put the .tgz into .deps/, unpack it so that $dir/package.json exists, and write $ort_version to $dir/.version"
  [ "$(openssl dgst -sha512 -binary ".deps/$tgz" | base64 -w0)" = "$ort_sha512" ] || { rm -f ".deps/$tgz"; die "$tgz is not the file that was checked (its SHA-512 differs); nothing was unpacked"; }
  rm -rf "$dir" "$dir.new"; mkdir -p "$dir.new"
  tar -xzf ".deps/$tgz" -C "$dir.new" --strip-components=1
  rm -f ".deps/$tgz"
  printf '%s\n' "$ort_version" >"$dir.new/.version"
  mv "$dir.new" "$dir"
}

# What the tests and 'edge-bench model --compare' hold Edge's files and times against, in Node.js. Optional: without it those tests are skipped.
fetch_peers() {
  command -v npm >/dev/null || { say "  no npm: nothing is held against Node.js"; return 0; }
  local dir=.deps/peers log
  if ! cmp -s tools/bench/peers/package-lock.json $dir/.lock; then
    step "bringing ONNX Runtime for Node.js and @huggingface/transformers from npm"
    rm -rf $dir; mkdir -p $dir; cp tools/bench/peers/package.json tools/bench/peers/package-lock.json $dir/
    log=$(mktemp)
    if ! (cd $dir && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1; then
      say "  npm could not bring them, nothing is held against Node.js: $(grep -m 1 'npm error' "$log" || tail -n 1 "$log")"
      rm -f "$log"; return 0
    fi
    rm -f "$log"; cp $dir/package-lock.json $dir/.lock
  fi
  ln -sfn .deps/peers/node_modules node_modules
}

deps() {
  command -v dotnet >/dev/null || die "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download, then run this again"
  dotnet --version >/dev/null 2>&1 || die "no .NET SDK that global.json accepts (10.0.100 or newer): $(dotnet --version 2>&1 | head -n 1)"
  choose_packages
  [ "$(uname -m)" = x86_64 ] || [ "$packages" = nuget ] || die "the stand-ins are for x86-64; this machine is $(uname -m). Use --packages nuget"
  step "checking what is installed"
  want ca-certificates "the registries are asked over TLS"
  want libonnx-dev "onnx.proto, the format that the trainer exports"
  want python3-onnx "its checker judges exported files in the tests"
  want mosquitto "the MQTT broker of 'run' and of the tests"
  want mosquitto-clients "mosquitto_pub and mosquitto_sub, to try more by hand"
  if [ "$packages" = standin ]; then
    want g++ "compiles the TorchSharp stand-in"
    want openssl "checks what npm brought"
    [ -n "${LIBTORCH:-}" ] || want libtorch-dev "libtorch, for the TorchSharp stand-in"
    # Without it libtorch may take the reference BLAS, which is 13 times slower.
    want libopenblas0-pthread "fast matrix products for libtorch"
  fi
  install_missing
  [ "$packages" = standin ] && fetch_onnxruntime
  return 0
}

# ---- build -----------------------------------------------------------------------------------------------------
dotnet_quiet() { # dotnet_quiet TITLE ARGS...: shows the log only when it fails
  local title=$1 log; shift; log=$(mktemp)
  step "$title"
  if ! dotnet "$@" >"$log" 2>&1; then
    grep -E '(error|warning) ' "$log" | sort -u >&2 || cat "$log" >&2
    die "$title failed; the whole log: $log" 1
  fi
  rm -f "$log"
}

is_fresh() { # is_fresh STAMP: built with these settings, and nothing has changed since
  [ -f "$1" ] && [ "$(cat "$1")" = "$(settings)" ] && [ -z "$(find . \( -path ./.git -o -path ./out -o -path ./.deps -o -path ./node_modules -o -name bin -o -name obj \) -prune -o -newer "$1" -print -quit)" ]
}
settings() { printf '%s' "$packages $gpu ${LIBTORCH:-} $(dotnet --version)"; }

build_tests() {
  local stamp=out/.built-tests
  mkdir -p out
  is_fresh $stamp && return
  dotnet_quiet "building Edge.sln" build Edge.sln -c Release -v quiet -nodeReuse:false
  settings >$stamp
}

build_products() {
  local stamp=out/.built-products
  mkdir -p out
  is_fresh $stamp && return
  dotnet_quiet "building trainer/Edge.Trainer.csproj" build trainer/Edge.Trainer.csproj -c Release -v quiet -nodeReuse:false
  publish_bench
  ln -sfn ../trainer/bin/Release/net10.0/edge-trainer out/edge-trainer
  ln -sfn bench/edge-appliance out/edge-appliance
  ln -sfn bench/edge-bench out/edge-bench
  settings >$stamp
}

# The bench brings the appliance. Both are compiled to machine code here and not while they start: half the time of a first answer.
publish_bench() {
  local project=tools/bench/Edge.Bench.csproj log; log=$(mktemp)
  step "building $project"
  if dotnet publish $project -c Release -o out/bench -p:PublishReadyToRun=true -v quiet -nodeReuse:false >"$log" 2>&1; then
    rm -f "$log"
  elif grep -Eiq 'NU110[1-3]: .*crossgen|NETSDK1094' "$log"; then
    rm -f "$log"
    say "  the registry lacks .NET's compiler to machine code (Microsoft.NETCore.App.Crossgen2): first answers take longer, nothing else changes"
    dotnet_quiet "building $project without it" publish $project -c Release -o out/bench -v quiet -nodeReuse:false
  else
    grep -E '(error|warning) ' "$log" | sort -u >&2 || cat "$log" >&2
    die "building $project failed; the whole log: $log" 1
  fi
}

# ---- test ------------------------------------------------------------------------------------------------------
test_all() {
  fetch_peers
  build_tests
  rm -rf out/test-results; mkdir -p out/test-results
  step "testing"
  local status=0
  export OMP_NUM_THREADS=1 # test assemblies and the programs they start run side by side; libtorch's threads would wait for each other
  dotnet test Edge.sln -c Release --no-build --logger trx --logger "console;verbosity=minimal" --results-directory out/test-results -nodeReuse:false -v quiet \
    ${filter:+--filter "$filter"} || status=$?
  local total=0 passed=0 failed=0 skipped=0 line
  for line in out/test-results/*.trx; do
    [ -f "$line" ] || continue
    counters=$(grep -o '<Counters [^>]*' "$line" | tail -n 1)
    total=$((total + $(sed 's/.* total="\([0-9]*\)".*/\1/' <<<"$counters")))
    passed=$((passed + $(sed 's/.* passed="\([0-9]*\)".*/\1/' <<<"$counters")))
    failed=$((failed + $(sed 's/.* failed="\([0-9]*\)".*/\1/' <<<"$counters") + $(sed 's/.* error="\([0-9]*\)".*/\1/' <<<"$counters")))
  done
  skipped=$((total - passed - failed))
  [ "$failed" -gt 0 ] && status=1
  [ "$total" -gt 0 ] || { say "no test ran"; status=1; }
  if [ "$skipped" -gt 0 ]; then say "$passed passed, $failed failed, $skipped skipped"; else say "$passed passed, $failed failed"; fi
  return $status
}

# ---- the demonstration -----------------------------------------------------------------------------------------
demo_bundle=out/demo/bundle
demo() {
  if [ ! -f "$demo_bundle/manifest.json" ]; then
    [ -f out/demo/data/train.jsonl ] || { step "writing utterances to learn from (seeded, made up)"; out/edge-trainer synth --out out/demo/data --count 10000 --seed 1; }
    step "training the demonstration bundle (once, at most 5 minutes)"
    out/edge-trainer run --data out/demo/data --out "$demo_bundle" --budget-minutes 5 --seed 1
  fi
}

case "$verb" in
  deps)  deps ;;
  build) deps; build_products; say "out/edge-trainer, out/edge-appliance, out/edge-bench" ;;
  test)  deps; test_all ;;
  bench) deps; fetch_peers; build_products; demo; out/edge-bench model --bundle "$demo_bundle" ;;
  run)   deps; build_products; demo; $once && exec tools/demo.sh --once; exec tools/demo.sh ;;
  clean)
    rm -rf out .deps node_modules EdgePackages.props
    find . -type d \( -name bin -o -name obj \) -not -path './.git/*' -prune -exec rm -rf {} + ;;
esac
