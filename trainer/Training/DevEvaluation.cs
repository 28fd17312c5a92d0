using Edge.Trainer.Model;

namespace Edge.Trainer.Training;

/// <summary>One evaluation on the way.</summary>
internal static class DevEvaluation
{
    /// <summary>Evaluates, tells the early stopping, and keeps the weights where they are the best so far.</summary>
    public static (double Score, double Loss) Run(PhaseState state, DevSet dev, BertTaskModel model, TrainingContext context)
    {
        var (score, loss) = dev.Evaluate(model, context);
        if (state.Stopping.Improved(score, dev.StandardError(score, context.Task), loss, state.Clock.Progress))
            state.Best.Take();
        return (score, loss);
    }
}
