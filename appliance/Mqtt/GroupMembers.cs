using System.Buffers;
using System.Text.Json;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// The other appliances of the group, as their retained statuses show them, and which of us finishes the session of one that is gone:
/// all see the same statuses, so all name the same one.
/// </summary>
internal sealed class GroupMembers(ClientOptionsFactory clientOptions, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal); // by topic

    /// <summary>Whether another member is there, who gets the group's utterances when we leave.</summary>
    public bool HasOthers
    {
        get
        {
            lock (_lock)
                return Online().Any();
        }
    }

    /// <summary>Takes a status of another appliance.</summary>
    public void Receive(string topic, ReadOnlySequence<byte> payload)
    {
        var found = Read(payload);
        lock (_lock)
        {
            if (found is { } membership && membership.Membership.Group == clientOptions.Membership?.Group)
                _members[topic] = new Member(membership.Membership.ClientId, membership.IsOnline, time.GetTimestamp());
            else
                _members.Remove(topic); // left in good order, or of no concern to us
        }
    }

    /// <summary>Sessions that nobody serves and that are ours to finish.</summary>
    /// <param name="goneFor">How long the member has been gone: it may be about to come back.</param>
    public IReadOnlyList<string> Orphans(TimeSpan goneFor)
    {
        var own = clientOptions.ClientId;
        lock (_lock)
        {
            var online = Online().Append(own).Order(StringComparer.Ordinal).ToList();
            return [.. _members.Values
                .Where(member => !member.IsOnline && member.ClientId != own && time.GetElapsedTime(member.Since) >= goneFor)
                .Select(member => member.ClientId)
                .Where(gone => Heir(online, gone) == own)];
        }
    }

    /// <summary>A session is finished: nothing is left of the member until it comes back.</summary>
    public void Forget(string clientId)
    {
        lock (_lock)
        {
            foreach (var (topic, _) in _members.Where(entry => entry.Value.ClientId == clientId && !entry.Value.IsOnline).ToList())
                _members.Remove(topic);
        }
    }

    // The next in the alphabet, and after the last one the first: those that are gone are spread over those that are there.
    private static string Heir(List<string> online, string gone) =>
        online.Find(member => string.CompareOrdinal(member, gone) > 0) ?? online[0];

    private IEnumerable<string> Online() =>
        _members.Values.Where(member => member.IsOnline && member.ClientId != clientOptions.ClientId).Select(member => member.ClientId);

    private static (GroupMembership Membership, bool IsOnline)? Read(ReadOnlySequence<byte> payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && Text(root, "group") is { } group && Text(root, "clientId") is { Length: > 0 } clientId
                && Text(root, "state") is { } state
                ? (new GroupMembership(group, clientId), state == "online")
                : null;
        }
        catch (JsonException)
        {
            return null; // somebody else's message
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private readonly record struct Member(string ClientId, bool IsOnline, long Since);
}
