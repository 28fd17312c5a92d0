namespace Edge.Appliance.Mqtt;

/// <summary>An appliance of a group, and the name of its session at the broker.</summary>
/// <param name="Group">The group (<c>Mqtt:SharedGroup</c>).</param>
/// <param name="ClientId">Its client id.</param>
internal readonly record struct GroupMembership(string Group, string ClientId);
