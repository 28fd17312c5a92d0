using Edge.Trainer.Progress;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>The loop of every phase: pretraining, teacher, student. One step is one batch of utterances of about the same length.</summary>
internal sealed class TrainingLoop(TrainingContext context)
{
    /// <summary>
    /// Trains until the limit, or until evaluations bring nothing more; the model then has the weights that were kept
    /// (<see cref="EarlyStopping"/>).
    /// </summary>
    /// <param name="phase">What is trained, and how.</param>
    /// <param name="losses">The phase's loss.</param>
    /// <param name="helpers">Modules that are trained with the model and then thrown away, such as projections; <c>null</c>: none.</param>
    /// <param name="replicas">The model and its copies, where several share a step; <c>null</c>: it works alone.</param>
    public PhaseResult Run(
        TrainingPhase phase, LossFunction losses, IReadOnlyList<nn.Module>? helpers = null, IGradients? replicas = null) =>
        context.Display.Phase(phase.Name, report =>
        {
            using var state = new PhaseState(phase, helpers ?? [], context);
            return context.Store?.Resume(state) ?? Run(state, phase, replicas ?? new ModelGradients(context, losses), report);
        });

    private PhaseResult Run(PhaseState state, TrainingPhase phase, IGradients gradients, Action<PhaseReport> report)
    {
        var (stopping, meter, clock, curves) = (state.Stopping, state.Meter, state.Clock, state.Curves);
        var (model, options) = (phase.Model, phase.Options);
        var step = new TrainingStep(gradients, state.Optimizer, options.WordDropout);
        model.train();
        gradients.Broadcast();
        for (; !state.IsOver; state.NextEpoch())
        {
            var examples = phase.Epochs.Next(state.Epoch);
            foreach (var members in state.Batches(examples))
            {
                context.Cancellation.ThrowIfCancellationRequested();
                using (NewDisposeScope())
                {
                    var (terms, tokens) = step.Take(examples, members, clock.Progress);
                    if (terms.Count > 0 && clock.Step % LossMeter.ReadEvery == 0)
                    {
                        meter.Read(terms);
                        var rate = options.LearningRate * LearningRateSchedule.Factor(clock.Progress, options.WarmUp);
                        curves.Step(clock.Step, meter.Latest, meter.LatestTotal, rate, clock.Tokens / clock.Elapsed.TotalSeconds);
                    }
                    clock.Advance(tokens);
                }

                if (phase.Dev is { } dev && clock.Progress * options.Evaluations >= state.Evaluations + 1)
                {
                    state.Evaluations = (int)(clock.Progress * options.Evaluations);
                    var (score, loss) = dev.Evaluate(model, context);
                    if (stopping.Improved(score, dev.StandardError(score, context.Task), loss, clock.Progress))
                        state.Best.Take();
                    curves.Evaluation(clock.Step, score, loss);
                }

                report(new PhaseReport(clock.Progress, Describe(state.Epoch, clock, meter, stopping), clock.Left));
                if (state.IsOver)
                    break;
                context.Store?.SaveWhenDue(state);
            }
        }

        state.Best.Restore();
        var result = new PhaseResult(
            clock.Step, (double)clock.Step / state.StepsPerEpoch, clock.Elapsed, clock.Tokens / clock.Elapsed.TotalSeconds,
            stopping.KeptScore, [.. meter.Terms]);
        context.Store?.Finish(state, result);
        return result;
    }

    private static string Describe(int epoch, PhaseClock clock, LossMeter meter, EarlyStopping stopping)
    {
        var score = stopping.KeptScore < 0 ? "" : $", dev of kept weights {stopping.KeptScore * 100:0.0}";
        return $"epoch {epoch + 1}, {meter}{score}, {clock.Tokens / clock.Elapsed.TotalSeconds:0} tokens/s";
    }
}
