namespace Edge.Trainer.Synthesis;

/// <summary>The three parts of a data set. Templates and entity values belong to exactly one of them.</summary>
internal enum Split
{
    /// <summary>What a model learns from.</summary>
    Train,

    /// <summary>What decides when to stop.</summary>
    Dev,

    /// <summary>What is measured on.</summary>
    Test,
}
