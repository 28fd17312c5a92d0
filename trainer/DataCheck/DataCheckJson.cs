using System.Text.Json.Nodes;
using Edge.Trainer.Data;

namespace Edge.Trainer.DataCheck;

/// <summary>A check as JSON, for programs: everything that is printed, without limits on lists.</summary>
internal static class DataCheckJson
{
    /// <summary>Builds the document.</summary>
    /// <param name="check">What was found.</param>
    public static JsonObject Of(DataCheckResult check) => new()
    {
        ["ok"] = check.Errors.Count == 0,
        ["errors"] = Texts(check.Errors),
        ["warnings"] = Texts(check.Warnings),
        ["notes"] = Texts(check.Notes),
        ["files"] = Files(check.Files),
        ["language"] = check.Task.Language,
        ["maxLength"] = check.Task.MaxLength,
        ["splits"] = new JsonObject(check.Splits.Select(split => KeyValuePair.Create<string, JsonNode?>(split.Name, new JsonObject
        {
            ["utterances"] = split.Utterances,
            ["tokens"] = new JsonObject
            {
                ["median"] = split.Lengths.Median, ["p90"] = split.Lengths.P90, ["p99"] = split.Lengths.P99,
                ["longest"] = split.Lengths.Longest,
                ["cutShare"] = Math.Round(split.Lengths.Cut, 6),
            },
            ["duplicates"] = split.Duplicates,
            ["nearDuplicates"] = split.NearDuplicates,
            ["inTrain"] = split.InTrain,
            ["nearlyInTrain"] = split.NearlyInTrain,
        }))),
        ["heads"] = new JsonObject(check.Heads.Select(head => KeyValuePair.Create<string, JsonNode?>(head.Head.Name, Head(check, head)))),
        ["conflicts"] = new JsonArray([.. check.Conflicts.Select(conflict => new JsonObject
        {
            ["head"] = conflict.Head,
            ["exact"] = conflict.Exact,
            ["members"] = new JsonArray([.. conflict.Members.Select(member => With(member.Utterance, new() { ["value"] = member.Value }))]),
        })]),
        ["nearDuplicates"] =
            new JsonArray([.. check.NearDuplicates.Select(group => new JsonArray([.. group.Select(utterance => With(utterance, []))]))]),
        ["suspicious"] = new JsonArray([.. check.Suspicious.Select(finding => With(finding.Utterance, new()
        {
            ["head"] = finding.Head,
            ["given"] = finding.Given,
            ["suggested"] = finding.Suggested,
            ["givenProbability"] = finding.ScoreError is null ? Math.Round(finding.GivenProbability, 4) : null,
            ["suggestedProbability"] = finding.ScoreError is null ? Math.Round(finding.SuggestedProbability, 4) : null,
            ["error"] = finding.ScoreError is { } off ? Math.Round(off, 4) : null,
            ["start"] = finding.End == 0 ? null : finding.Start,
            ["end"] = finding.End == 0 ? null : finding.End,
        }))]),
        ["suspiciousFound"] = check.Suspicious.Count,
        ["badRows"] = Rows(check.BadRows),
    };

    /// <summary>Builds the document where the data cannot be used at all, and so nothing else can be said.</summary>
    /// <param name="files">What was read.</param>
    /// <param name="badRows">Rows that cannot be used.</param>
    /// <param name="errors">Why.</param>
    public static JsonObject Of(IReadOnlyList<FileAccount> files, IReadOnlyList<BadRow> badRows, IEnumerable<string> errors) => new()
    {
        ["ok"] = false,
        ["errors"] = Texts(errors),
        ["files"] = Files(files),
        ["badRows"] = Rows(badRows),
    };

    private static JsonArray Files(IReadOnlyList<FileAccount> files) => new([.. files.Select(file => file.ToJson())]);

    private static JsonArray Rows(IReadOnlyList<BadRow> rows) =>
        new([.. rows.Select(row => new JsonObject { ["file"] = row.File, ["line"] = row.Line, ["reason"] = row.Reason })]);

    private static JsonObject Head(DataCheckResult check, HeadFigures head)
    {
        var json = new JsonObject
        {
            ["kind"] = head.Head.Kind.ToString().ToLowerInvariant(),
            ["annotated"] = BySplit(check, head.Annotated),
            ["labels"] = new JsonObject(
                head.Labels.Select(label => KeyValuePair.Create<string, JsonNode?>(label.Label, BySplit(check, label.Counts)))),
            ["unlearnable"] = Texts(head.Unlearnable),
        };
        if (head.Values.Count == 0) return json;
        json["values"] = new JsonObject(head.Values.Select(pair => KeyValuePair.Create<string, JsonNode?>(
            pair.Key, new JsonObject { ["different"] = pair.Value.Different, ["frequent"] = Texts(pair.Value.Frequent) })));
        json["newValuesInTest"] = head.NewValues is { } share ? Math.Round(share, 6) : null;
        return json;
    }

    private static JsonObject BySplit(DataCheckResult check, IReadOnlyList<int> counts) =>
        new(check.Splits.Select((split, i) => KeyValuePair.Create<string, JsonNode?>(split.Name, counts[i])));

    private static JsonObject With(LabelledUtterance utterance, JsonObject more)
    {
        var json = new JsonObject { ["file"] = utterance.File, ["line"] = utterance.Line, ["text"] = utterance.Text };
        if (utterance.Context is not null) json["context"] = utterance.Context;
        foreach (var (key, value) in more.ToArray())
            if (value is not null) json[key] = value.DeepClone();
        return json;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
