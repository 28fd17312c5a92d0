using System.Text.Json;

namespace Edge.Trainer.Common;

/// <summary>Says what is wrong with a setting, under the name that it has in a file of settings.</summary>
internal static class SettingProblem
{
    /// <summary>Place, found, allowed.</summary>
    /// <param name="place">Settings that the member belongs to, such as <c>teacher</c>; empty for the outermost.</param>
    /// <param name="member">Name of the property.</param>
    /// <param name="found">Its value.</param>
    /// <param name="allowed">What it may be.</param>
    public static string Of(string place, string member, object found, string allowed) =>
        FormattableString.Invariant($"{Path(place, member)} is {found}; use {allowed}");

    /// <summary>Name of a member as files have it: <c>teacher.learningRate</c>.</summary>
    public static string Path(string place, string member)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(member);
        return place.Length == 0 ? name : $"{place}.{name}";
    }
}
