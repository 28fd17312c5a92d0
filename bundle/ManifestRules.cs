using Edge.Bundles.Tasks;

namespace Edge.Bundles;

/// <summary>What a manifest must be like, beyond its schema.</summary>
internal static class ManifestRules
{
    private const int Sha256Digits = 64;

    /// <summary>All problems, each with place, found and allowed; empty where there is none.</summary>
    public static IReadOnlyList<string> Check(BundleManifest manifest)
    {
        List<string> problems = [];
        if (string.IsNullOrEmpty(manifest.Id))
            problems.Add("id is empty; it names the bundle");
        if (manifest.Tokenizer is null)
            problems.Add("tokenizer is null; use an object with the tokenizer's settings");
        CheckFiles(manifest, problems);
        if (manifest.Task is null)
        {
            problems.Add("task is null; use an object with the task's heads");
            return problems;
        }

        problems.AddRange(TaskRules.Check(manifest.Task, labelsAreFinal: true).Select(problem => "task: " + problem));
        if (manifest.Precisions is not { Count: > 0 })
            problems.Add($"precisions is empty; a bundle has at least one of {string.Join(", ", Precision.All)}");
        foreach (var (name, entry) in manifest.Precisions ?? new Dictionary<string, PrecisionEntry>())
            CheckPrecision(name, entry, manifest, problems);
        return problems;
    }

    private static void CheckFiles(BundleManifest manifest, List<string> problems)
    {
        if (manifest.Files is null || !manifest.Files.ContainsKey(BundleFiles.Vocabulary))
            problems.Add($"files lacks {BundleFiles.Vocabulary}; every bundle has a vocabulary");
        foreach (var (name, hash) in manifest.Files ?? new Dictionary<string, string>())
        {
            if (!BundleFiles.IsName(name) || name is BundleFiles.Manifest or BundleFiles.ManifestHash or BundleFiles.Signature)
            {
                problems.Add(
                    $"files: '{name}' cannot be a file of a bundle; use a plain name (letters, digits, '.', '_', '-') that lies in the " +
                    "bundle's folder");
            }

            if (hash is not { Length: Sha256Digits } || !hash.All(char.IsAsciiHexDigitLower))
                problems.Add($"files.{name} is '{hash}'; a SHA-256 has {Sha256Digits} lower-case hexadecimal digits");
        }
    }

    private static void CheckPrecision(string name, PrecisionEntry? entry, BundleManifest manifest, List<string> problems)
    {
        var place = $"precisions.{name}";
        if (!Precision.All.Contains(name))
            problems.Add($"{place} is not known; the precisions are {string.Join(", ", Precision.All)}");
        if (entry is null)
        {
            problems.Add($"{place} is null; use an object with file, temperatures and thresholds");
            return;
        }

        if (manifest.Files is null || !manifest.Files.ContainsKey(entry.File ?? ""))
            problems.Add($"{place}.file is '{entry.File}', which is not in files");

        if (entry.Temperatures is null || entry.Thresholds is null)
            problems.Add(
                $"{place}.{(entry.Temperatures is null ? "temperatures" : "thresholds")} is null; use an object with a number for each " +
                "head, or leave the key out");
        HashSet<string> heads = [.. (manifest.Task.Heads ?? []).Where(head => head is not null).Select(head => head.Name ?? "")];
        foreach (var (head, temperature) in entry.Temperatures ?? new Dictionary<string, float>())
        {
            CheckHead($"{place}.temperatures", head);
            if (!(temperature > 0) || !float.IsFinite(temperature))
                problems.Add($"{place}.temperatures.{head} is {temperature}; use a number above 0");
        }

        foreach (var (head, threshold) in entry.Thresholds ?? new Dictionary<string, float>())
        {
            CheckHead($"{place}.thresholds", head);
            if (!(threshold is >= 0 and <= 1))
                problems.Add($"{place}.thresholds.{head} is {threshold}; use 0 to 1");
        }

        if (entry.OutOfScope is { } scope)
            problems.AddRange(CheckScope(scope, manifest.Task).Select(problem => $"{place}.outOfScope{problem}"));

        void CheckHead(string where, string head)
        {
            if (!heads.Contains(head))
                problems.Add($"{where} names head '{head}', which the task lacks; it has {string.Join(", ", heads)}");
        }
    }

    private static IEnumerable<string> CheckScope(OutOfScopeEntry scope, TaskDefinition task)
    {
        if (OutOfScope.HeadIndex(task) < 0)
            yield return $": the task has no single head {task.ScopeHead ?? OutOfScope.UsualHead} that it could belong to";
        if (scope.Energy is null && scope.Norm is null)
            yield return " has neither energy nor norm; use one of them or both";
        foreach (var (name, part) in new[] { ("energy", scope.Energy), ("norm", scope.Norm) })
        {
            if (part is not null && !(float.IsFinite(part.Mean) && part.Deviation > 0 && float.IsFinite(part.Deviation)))
                yield return $".{name} has mean {part.Mean} and deviation {part.Deviation}; use finite numbers, the deviation above 0";
        }
        if (scope.Sums is not { Count: >= 2 } || scope.Shares?.Count != scope.Sums.Count)
            yield return $": sums has {scope.Sums?.Count ?? 0} numbers and shares {scope.Shares?.Count ?? 0}; use as many of both, " +
                "2 or more";
        else if (!Ascend(scope.Sums) || !scope.Sums.All(float.IsFinite) || !Ascend(scope.Shares) || scope.Shares[0] < 0
            || !(scope.Shares[^1] <= 1))
            yield return ": sums and shares must ascend, shares from 0 to 1";
        if (!(scope.Threshold is >= 0 and <= 1))
            yield return $".threshold is {scope.Threshold}; use 0 to 1";

        static bool Ascend(IReadOnlyList<float> values) => values.Zip(values.Skip(1)).All(pair => pair.First <= pair.Second);
    }
}
