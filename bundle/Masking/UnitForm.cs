namespace Edge.Bundles.Masking;

/// <summary>How a unit of a normal form is written in the source.</summary>
internal enum UnitForm
{
    /// <summary>A letter, a sign, a space, a filler.</summary>
    Other,

    /// <summary>One digit as one character.</summary>
    Digit,

    /// <summary>One to three digits in English words: three, twenty two, eight hundred.</summary>
    Words,

    /// <summary>A digit said with how often it stands there: 三个八, double three.</summary>
    Repeat,
}
