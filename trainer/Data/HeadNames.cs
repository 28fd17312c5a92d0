using Edge.Bundles.Tasks;

namespace Edge.Trainer.Data;

/// <summary>Which keys of a data row are heads, and how heads may be called.</summary>
internal static class HeadNames
{
    /// <summary>Key of the utterance.</summary>
    public const string Text = "text";

    /// <summary>Key of the earlier turns.</summary>
    public const string Context = "context";

    /// <summary>Key of a row's own number; read past.</summary>
    public const string Id = "id";

    /// <summary>Key of the utterance in the form with <c>context</c> and <c>response</c>.</summary>
    public const string Response = "response";

    /// <summary>True for keys that are no heads.</summary>
    public static bool IsReserved(string key) => key is Text or Context or Id;

    /// <summary>What is wrong with a head's name; <c>null</c> for a good one.</summary>
    public static string? Problem(string name) =>
        !IsReserved(name) && TaskRules.ReservedNames.Contains(name)
            ? $"'{name}' cannot name a head: it stands for something else in answers or model files; --map \"{name}=other\" gives it " +
                "another name"
            : name.Length is > 0 and <= 64 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? null
            : $"'{name}' cannot name a head: use 1 to 64 of a-z, A-Z, 0-9, _ and -, a letter first; --map \"{name}=other\" gives it " +
                "another name";
}
