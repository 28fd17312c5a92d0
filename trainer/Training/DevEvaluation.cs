using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;
using Edge.Trainer.Training.Resuming;

namespace Edge.Trainer.Training;

/// <summary>One evaluation on the way: of the weights, and of their average where there is one; the better of the two counts.</summary>
internal static class DevEvaluation
{
    /// <summary>Evaluates, tells the early stopping, and keeps the weights where they are the best so far.</summary>
    /// <returns>Score and loss of the better ones.</returns>
    public static (double Score, double Loss) Run(PhaseState state, DevSet dev, BertTaskModel model, TrainingContext context)
    {
        var (score, loss) = dev.Evaluate(model, context);
        if (state.Average is not { } average)
        {
            Keep();
            return (score, loss);
        }

        average.Swap();
        var (scoreOfAverage, lossOfAverage) = dev.Evaluate(model, context);
        var isBetter = (scoreOfAverage, -lossOfAverage).CompareTo((score, -loss)) > 0;
        if (isBetter)
            (score, loss) = (scoreOfAverage, lossOfAverage);
        else
            average.Swap();
        Keep();
        if (isBetter)
            average.Swap();
        return (score, loss);

        void Keep()
        {
            if (state.Stopping.Improved(score, dev.StandardError(score, context.Task), loss, state.Clock.Progress))
                state.Best.Take();
        }
    }
}
