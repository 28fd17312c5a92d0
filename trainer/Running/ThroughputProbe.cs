using Edge.Trainer.Model;
using Edge.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Edge.Trainer.Running;

/// <summary>Measures how fast this machine trains, with a few steps of models that are then thrown away.</summary>
internal static class ThroughputProbe
{
    private const int WarmUpSteps = 2;
    private const int Steps = 6;

    /// <summary>Measures both models.</summary>
    public static TrainingSpeed Measure(
        BertConfig teacher, BertConfig student, IReadOnlyList<TrainingExample> examples, RunRecipe recipe, TrainingContext context)
    {
        var teacherSpeed = Measure(teacher, examples, recipe.Teacher, context);
        return new TrainingSpeed(teacherSpeed, teacher == student ? teacherSpeed : Measure(student, examples, recipe.Student, context));
    }

    private static double Measure(BertConfig config, IReadOnlyList<TrainingExample> examples, LoopOptions options, TrainingContext context)
    {
        using var model = new BertTaskModel(config, context.Task, context.Compute).to(context.Device);
        using var optimizer = new WeightOptimizer(options, model);
        // Batches of the whole range of lengths, in the proportion in which they occur.
        var batches = BatchSampler.Sorted(EpochSource.Lengths(examples), options.BatchSize).ToArray();
        var tokens = 0;
        var started = 0L;
        for (var step = 0; step < WarmUpSteps + Steps; step++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (step == WarmUpSteps)
                (tokens, started) = (0, context.Time.GetTimestamp());
            using var scope = NewDisposeScope();
            var members = batches[(int)((step % Steps + 0.5) / Steps * batches.Length)];
            var batch = TrainingBatch.Create(examples, members, options.WordDropout, context);
            var terms = HeadLosses.Compute(context.Task, model.call(batch.Tokens).Logits, batch.Targets, 0);
            if (terms.Count > 0)
            {
                LossTerm.Sum(terms).backward();
                optimizer.Step(0.5);
                terms[0].Value.item<float>(); // waits for the device
            }
            tokens += batch.TokenCount;
        }
        return tokens / context.Time.GetElapsedTime(started).TotalSeconds;
    }
}
