using Edge.Trainer.Common;
using Edge.Trainer.Data.Augmentation;
using Edge.Trainer.Data.Cleaning;
using Edge.Trainer.Distillation;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;
using Edge.Trainer.Training;
using Edge.Trainer.Training.FineTuning;

namespace Edge.Trainer.Pipelines;

/// <summary>How models are built and trained where nobody says otherwise; the same for every data set.</summary>
internal sealed record RunRecipe
{
    // Model

    /// <summary>What the heads that judge a whole utterance read.</summary>
    public Pooling Pooling { get; init; } = Pooling.Mean;

    /// <summary>Dropout of both models, 0 to below 1.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Standard deviation of the first weights: twice BERT's, because models this narrow start too flat with 0.02.</summary>
    public double InitializerRange { get; init; } = 0.04;

    /// <summary>Activation of the feed-forward layers, in models that start from nothing.</summary>
    public Activation Activation { get; init; }

    /// <summary>
    /// Distances between tokens that attention learns numbers for, in models that start from nothing, 0 to 512; 0: none, plain BERT.
    /// </summary>
    public int RelativePositions { get; init; } = 16;

    /// <summary>Whether MatMuls run in bfloat16.</summary>
    public BFloat16Use BFloat16 { get; init; }

    // Phases

    /// <summary>Masked-language modelling of the teacher.</summary>
    public LoopOptions Pretraining { get; init; } = new() { LearningRate = 1e-3, BatchSize = 64 };

    /// <summary>Masked-language modelling that goes on from a checkpoint; the paper's rate (Devlin et al. 2019, appendix A.2).</summary>
    public LoopOptions ContinuedPretraining { get; init; } = new() { LearningRate = 1e-4, BatchSize = 64 };

    /// <summary>Training of the teacher on labels.</summary>
    public LoopOptions Teacher { get; init; } = new() { LearningRate = 1e-3, BatchSize = 64, WordDropout = 0.07 };

    /// <summary>Training of the student on its teacher's answers.</summary>
    public LoopOptions Student { get; init; } = new() { LearningRate = 1e-3, BatchSize = 64, WordDropout = 0.07 };

    /// <summary>
    /// Training of what starts from a checkpoint (--teacher): the teacher, and a student that takes layers of it. The learning
    /// rate is that of a model 768 wide (Devlin et al. 2019, appendix A.3); narrower ones take it times 768 / width, as the best
    /// rate of Adam goes with the width (Yang et al. 2021).
    /// </summary>
    public LoopOptions FromCheckpoint { get; init; } = new() { LearningRate = 5e-5 };

    /// <summary>Quantization-aware training of the student, where its INT8 file loses too much.</summary>
    public LoopOptions QuantizationAware { get; init; } = new() { LearningRate = 1e-4, BatchSize = 64, Evaluations = 6 };

    /// <summary>Epochs of quantization-aware training, beyond the budget; 0: none, and MatMuls stay in floats at once.</summary>
    public double QuantizationAwareEpochs { get; init; } = 3;

    /// <summary>Probability mass that a label gives to the others, 0 to below 1.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>Which weights of the teacher learn, and what is done about rare labels.</summary>
    public FineTuningOptions FineTuning { get; init; } = new();

    /// <summary>What the student learns from the teacher.</summary>
    public DistillationOptions Distillation { get; init; } = new();

    /// <summary>What is done to the data before training.</summary>
    public DataPreparation Data { get; init; } = new();

    /// <summary>
    /// How utterances are varied, afresh in every epoch: other names, as callers say them, and as recognition writes them.
    /// </summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>Scores of n-grams beside the student's encoder.</summary>
    public NgramOptions Ngrams { get; init; } = new();

    /// <summary>Whether the bundle has a file for CUDA, too: half precision.</summary>
    public bool Fp16 { get; init; } = true;

    /// <summary>
    /// Whether the bundle has a file for ONNX Runtime in other programs, too: 8-bit integers in standard operators, scales found in every
    /// run.
    /// </summary>
    public bool Dynamic { get; init; }

    // Budget; BudgetRules has the rest

    /// <summary>Most teachers, where the time allows more than one, 1 to 100.</summary>
    public int MostTeachers { get; init; } = 3;

    /// <summary>Most epochs of the student, above 0 to 10,000.</summary>
    public double MostStudentEpochs { get; init; } = 25;

    /// <summary>The encoder of a size that starts from nothing.</summary>
    public BertConfig Fresh(ModelSize size, int vocabularySize, int maxPositions) =>
        size.ToConfig(vocabularySize, maxPositions, Pooling, Dropout, InitializerRange) with
        {
            Activation = Activation,
            RelativePositions = RelativePositions
        };

    /// <summary>Everything that is out of range: place, found, allowed.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        void Check(bool allowed, string member, double found, string range)
        {
            if (!allowed)
                problems.Add(SettingProblem.Of("", member, found, range));
        }

        Check(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "0 to below 1");
        Check(InitializerRange is > 0 and <= 1, nameof(InitializerRange), InitializerRange, "above 0 to 1");
        Check(RelativePositions is >= 0 and <= BertConfig.MostRelativePositions, nameof(RelativePositions), RelativePositions,
            $"0 to {BertConfig.MostRelativePositions}");
        problems.AddRange(Pretraining.Problems("pretraining"));
        problems.AddRange(ContinuedPretraining.Problems("continuedPretraining"));
        problems.AddRange(Teacher.Problems("teacher"));
        problems.AddRange(Student.Problems("student"));
        problems.AddRange(FromCheckpoint.Problems("fromCheckpoint"));
        problems.AddRange(QuantizationAware.Problems("quantizationAware"));
        Check(QuantizationAwareEpochs is >= 0 and <= 10_000, nameof(QuantizationAwareEpochs), QuantizationAwareEpochs, "0 to 10000");
        Check(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "0 to below 1");
        problems.AddRange(FineTuning.Problems("fineTuning"));
        problems.AddRange(Distillation.Problems("distillation"));
        problems.AddRange(Data.Problems("data"));
        problems.AddRange(Augmentation.Problems("augmentation"));
        problems.AddRange(Ngrams.Problems("ngrams"));
        Check(MostTeachers is >= 1 and <= 100, nameof(MostTeachers), MostTeachers, "1 to 100");
        Check(MostStudentEpochs is > 0 and <= 10_000, nameof(MostStudentEpochs), MostStudentEpochs, "above 0 to 10000");
        return problems;
    }
}
