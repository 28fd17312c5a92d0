namespace Edge.Bench.Tests.Accuracy;

/// <summary>A script that writes what a trainer writes, at once.</summary>
internal static class TrainerScript
{
    /// <summary>Writes it. Seed 2 is a little better than seed 1; the set beta has no entities and fails with seed 2.</summary>
    public static void Write(string file)
    {
        File.WriteAllText(file, """
            #!/bin/sh
            echo "$@" >>"$(dirname "$0")/calls"
            while [ $# -gt 0 ]; do case $1 in --data) set_=$(basename "$2");; --seed) seed=$2;; --out) out=$2;; esac; shift; done
            # Where there is a pipe, each of two seeds waits for the other at its end of it.
            meet="$(dirname "$0")/meet"
            [ ! -p "$meet" ] || if [ "$seed" = 1 ]; then timeout 60 sh -c 'echo here >"$0"' "$meet"; else timeout 60 cat "$meet"; fi || exit 1
            [ "$set_.$seed" != beta.2 ] || { echo "edge-trainer run: no luck" >&2; exit 3; }
            # Where there is a file for it, it takes its time.
            [ ! -e "$(dirname "$0")/slow" ] || exec sleep 300
            mkdir -p "$out"
            entities=',"entities":{"f1":0.8'$seed',"ece":0.05}'
            [ "$set_" = alpha ] || entities=
            int8='{"heads":{"intent":{"accuracy":0.9'$seed',"macroF1":0.5,"ece":0.01}'$entities'},"sentenceAccuracy":0.7}'
            echo '{"precisions":{"int8":{"metrics":'$int8'},"fp32":{"metrics":{"heads":{"intent":{"accuracy":0.95},"entities":{"f1":0.8}}}}}}' >"$out/manifest.json"
            echo '{"minutes":1.5,"teacher":{"heads":{"intent":{"accuracy":0.92},"entities":{"f1":0.9}}}}' >"$out/run.json"
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
