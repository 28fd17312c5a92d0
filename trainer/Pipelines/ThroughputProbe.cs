using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using Edge.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Edge.Trainer.Pipelines;

/// <summary>Measures how fast this machine trains, with a few steps of models that are then thrown away.</summary>
internal static class ThroughputProbe
{
    private const int FewestWarmUpSteps = 2;
    private const int Lengths = 6; // a step each

    // JIT warm-up and new memory make the first steps slow. Two seconds of them are enough.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Measures both models.</summary>
    /// <param name="teacher">Sizes of the teacher.</param>
    /// <param name="student">Sizes of the student.</param>
    /// <param name="examples">What they will be trained on.</param>
    /// <param name="recipe">How they will be trained.</param>
    /// <param name="budget">Time for the whole run: a hundredth of it may be spent on warming a model up, and another on measuring
    /// it.</param>
    /// <param name="context">What the phases share.</param>
    public static TrainingSpeed Measure(
        BertConfig teacher, BertConfig student, IReadOnlyList<TrainingExample> examples, RunRecipe recipe, TimeSpan budget,
        TrainingContext context)
    {
        var longest = budget / 100 < Longest ? budget / 100 : Longest;
        var teacherSpeed = Measure(teacher, examples, recipe.Teacher, longest, context);
        return new TrainingSpeed(
            teacherSpeed, teacher == student ? teacherSpeed : Measure(student, examples, recipe.Student, longest, context));
    }

    private static double Measure(
        BertConfig config, IReadOnlyList<TrainingExample> examples, LoopOptions options, TimeSpan longest, TrainingContext context)
    {
        using var model = new BertTaskModel(config, context.Task, context.Compute).to(context.Device);
        using var optimizer = new WeightOptimizer(options, model);
        var step = new TrainingStep(
            new ModelGradients(context, batch => HeadLosses.Compute(context.Task, model.call(batch.Tokens).Logits, batch.Targets, 0)),
            optimizer, options.WordDropout);
        // Batches of the whole range of lengths, in the proportion in which they occur.
        var batches = BatchSampler.Sorted(EpochSource.Lengths(examples), options.BatchSize).ToArray();
        var started = context.Time.GetTimestamp();
        for (var number = 0; number < FewestWarmUpSteps || context.Time.GetElapsedTime(started) < longest; number++)
            Step(number);

        started = context.Time.GetTimestamp();
        var tokens = 0;
        do
        {
            for (var number = 0; number < Lengths; number++)
                tokens += Step(number);
        }
        while (context.Time.GetElapsedTime(started) < longest);
        return tokens / context.Time.GetElapsedTime(started).TotalSeconds;

        int Step(int number)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var members = batches[(int)((number % Lengths + 0.5) / Lengths * batches.Length)];
            var (terms, count) = step.Take(examples, members, 0.5);
            if (terms.Count > 0)
                terms[0].Value.item<float>(); // waits for the device
            return count;
        }
    }
}
