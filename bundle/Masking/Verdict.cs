namespace Edge.Bundles.Masking;

/// <summary>What a number is taken for.</summary>
/// <param name="Kind">Kind of personal data; null: a number that is nobody's, and no part of it is looked at again.</param>
/// <param name="Surety">0: nothing is known. Of several readings the surest is taken, of equally sure ones the longest.</param>
internal readonly record struct Verdict(PersonalDataKind? Kind, int Surety);
