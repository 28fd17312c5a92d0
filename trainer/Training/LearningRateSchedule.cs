namespace Edge.Trainer.Training;

/// <summary>Linear warm-up, then linear decay to 0 (Devlin et al. 2019, appendix A.2), over a phase's progress.</summary>
internal static class LearningRateSchedule
{
    /// <summary>Factor of the peak learning rate.</summary>
    /// <param name="progress">Part of the phase done, 0 to 1.</param>
    /// <param name="warmUp">Part of the phase that warms up, 0 to below 1.</param>
    public static double Factor(double progress, double warmUp) =>
        progress < warmUp ? progress / warmUp : (1 - progress) / (1 - warmUp);
}
