namespace Edge.Bundles.Decoding;

/// <summary>An entity in a text.</summary>
/// <param name="Label">Entity label.</param>
/// <param name="Start">First UTF-16 code unit.</param>
/// <param name="End">One past the last UTF-16 code unit.</param>
/// <param name="Confidence">Calibrated probability, 0 to 1; 1 for annotations.</param>
public readonly record struct EntitySpan(string Label, int Start, int End, float Confidence = 1);
