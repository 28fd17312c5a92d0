namespace Edge.Bundles.Masking;

/// <summary>One piece of personal data in a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">First UTF-16 code unit.</param>
/// <param name="End">One past the last UTF-16 code unit.</param>
public readonly record struct MaskedItem(PersonalDataKind Kind, int Start, int End);
