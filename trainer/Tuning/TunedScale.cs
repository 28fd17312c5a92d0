namespace Edge.Trainer.Tuning;

/// <summary>How the values of a setting are drawn.</summary>
internal enum TunedScale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>Evenly in the logarithm.</summary>
    Logarithmic,

    /// <summary>Whole numbers, evenly.</summary>
    Whole,

    /// <summary>The least value, twice it, four times it.</summary>
    Doubling,
}
