using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Edge.Appliance.Analysis;

namespace Edge.Appliance.Answering;

/// <summary>Reads an utterance from the payload of a message: plain text, or the JSON object of docs/reference/mqtt.md.</summary>
internal sealed class UtteranceReader(int maxTextLength)
{
    private const int MaxIdLength = 200;

    // A day in milliseconds: longer waits are no deadline of a call.
    private const double MaxDeadline = 86_400_000;

    /// <summary>Reads a payload. Exactly one of the results is not null.</summary>
    public bool TryRead(
        ReadOnlySpan<byte> payload,
        UtteranceForm form,
        [NotNullWhen(true)] out Utterance? utterance,
        [NotNullWhen(false)] out UtteranceError? error)
    {
        (utterance, error) = (null, null);
        if (!Utf8.IsValid(payload))
        {
            error = new UtteranceError(ErrorCodes.InvalidUtf8, "the payload is not valid UTF-8; send text or JSON in UTF-8");
            return false;
        }
        var text = Encoding.UTF8.GetString(payload.StartsWith("\uFEFF"u8) ? payload[3..] : payload);
        var isJson = form == UtteranceForm.Json || (form == UtteranceForm.Either && text.AsSpan().TrimStart().StartsWith('{'));
        (utterance, error) = isJson ? ReadJson(text) : Checked(new Utterance { Text = text });
        return utterance is not null;
    }

    private (Utterance?, UtteranceError?) ReadJson(string json)
    {
        string? id = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return Error(ErrorCodes.InvalidJson, $"the payload is a JSON {Name(root.ValueKind)}; send an object with \"text\"");

            id = String(root, "id");
            if (id is { Length: 0 or > MaxIdLength })
            {
                var length = id.Length;
                id = null;
                throw new FieldException($"\"id\" has {length} characters; use 1 to {MaxIdLength}");
            }
            _ = String(root, "session");
            return Checked(new Utterance
            {
                Text = String(root, "text") ?? throw new FieldException("\"text\" is missing; send the utterance as a string"),
                Id = id,
                Context = String(root, "context"),
                SpokenAt = Time(root, "ts"),
                Deadline = Deadline(root, "deadlineMs"),
            });
        }
        catch (JsonException problem)
        {
            // Line and column only: the exception's text may quote the payload.
            return Error(ErrorCodes.InvalidJson,
                $"the payload begins with '{{' but is not JSON (line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1})");
        }
        catch (InvalidOperationException)
        {
            // JsonElement looks for a key among keys that it cannot turn into strings.
            return Error(ErrorCodes.BadField, "a key has half of a surrogate pair; send whole characters", id);
        }
        catch (FieldException problem)
        {
            return Error(ErrorCodes.BadField, problem.Message, id);
        }
    }

    private (Utterance?, UtteranceError?) Checked(Utterance utterance)
    {
        if (string.IsNullOrWhiteSpace(utterance.Text))
            return Error(ErrorCodes.EmptyText, "the text is empty; send what the caller said", utterance.Id);
        foreach (var (name, length) in new[] { ("text", utterance.Text.Length), ("context", utterance.Context?.Length ?? 0) })
        {
            if (length > maxTextLength)
                return Error(
                    ErrorCodes.TextTooLong, $"the {name} has {length} UTF-16 code units; use {maxTextLength} at most", utterance.Id);
        }
        return (utterance, null);
    }

    private static string? String(JsonElement root, string name)
    {
        if (!TryGet(root, name, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw new FieldException($"\"{name}\" is a JSON {Name(value.ValueKind)}; use a string");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new FieldException($"\"{name}\" has half of a surrogate pair; send whole characters");
        }
    }

    private static DateTimeOffset? Time(JsonElement root, string name)
    {
        if (!TryGet(root, name, out var value))
            return null;
        // Up to the year 9999, in milliseconds.
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var milliseconds)
            && milliseconds is >= 0 and < 253_402_300_800_000)
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        if (value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(String(root, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        throw new FieldException($"\"{name}\" is no time; use milliseconds since 1970 as a number, or RFC 3339 as a string");
    }

    private static TimeSpan? Deadline(JsonElement root, string name)
    {
        if (!TryGet(root, name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var milliseconds) && milliseconds is > 0 and <= MaxDeadline)
            return TimeSpan.FromMilliseconds(milliseconds);
        throw new FieldException($"\"{name}\" is no deadline; use a number above 0 and up to {MaxDeadline:0}");
    }

    private static bool TryGet(JsonElement root, string name, out JsonElement value) =>
        root.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static (Utterance?, UtteranceError?) Error(string code, string message, string? id = null) =>
        (null, new UtteranceError(code, message, id));

    private sealed class FieldException(string message) : Exception(message);
}
