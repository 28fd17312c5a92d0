using Edge.Bundles.Tasks;
using Edge.Trainer.Data.Augmentation;
using Edge.Trainer.Data.Cleaning;
using Edge.Trainer.Distillation;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;
using Edge.Trainer.Training;
using Edge.Trainer.Training.FineTuning;

namespace Edge.Trainer.Running;

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

    /// <summary>Whether matrix products run in bfloat16.</summary>
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

    /// <summary>Training of the student for its 8-bit file, where that loses too much.</summary>
    public LoopOptions EightBit { get; init; } = new() { LearningRate = 1e-4, BatchSize = 64, Evaluations = 6 };

    /// <summary>Its epochs, beyond the budget; 0: none, and products stay in floats at once.</summary>
    public double EightBitEpochs { get; init; } = 3;

    /// <summary>Probability mass that a label gives to the others, 0 to below 1.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>Which weights of the teacher learn, and what is done about rare labels.</summary>
    public FineTuningOptions FineTuning { get; init; } = new();

    /// <summary>What the student learns from the teacher.</summary>
    public DistillationOptions Distillation { get; init; } = new();

    /// <summary>What is done to the data before training.</summary>
    public DataPreparation Data { get; init; } = new();

    /// <summary>How utterances are varied, afresh in every epoch: other names, as callers say them, and as recognition writes them.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>Scores of n-grams beside the student's encoder.</summary>
    public NgramOptions Ngrams { get; init; } = new();

    /// <summary>Whether the bundle has a file for CUDA, too: half precision.</summary>
    public bool Fp16 { get; init; } = true;

    /// <summary>Whether the bundle has a file for other runtimes, too: 8-bit integers in standard operators, scales fixed.</summary>
    public bool Qdq { get; init; }

    /// <summary>Whether the bundle has a file for ONNX Runtime in other programs, too: 8-bit integers in standard operators, scales found in every run.</summary>
    public bool Dynamic { get; init; }

    // Budget

    // So many utterances make enough steps with the most epochs; a hundred utterances in as many epochs would be two steps each.
    private const int LeastUtterances = 1000;

    /// <summary>Most epochs of pretraining; more brings nothing that was measured.</summary>
    public double MostPretrainingEpochs { get; init; } = 12;

    /// <summary>With fewer there is no pretraining: the time teaches more where labels are.</summary>
    public double FewestPretrainingEpochs { get; init; } = 4;

    /// <summary>Most epochs of the teacher.</summary>
    public double MostTeacherEpochs { get; init; } = 15;

    /// <summary>The same where no head tags words: one label an utterance is soon known by heart, and more teachers are worth more than long ones.</summary>
    public double MostTeacherEpochsWithoutTags { get; init; } = 5;

    /// <summary>Most teachers, where the time allows more than one.</summary>
    public int MostTeachers { get; init; } = 3;

    /// <summary>Most epochs of the student.</summary>
    public double MostStudentEpochs { get; init; } = 25;

    /// <summary>Fewest epochs for which a teacher is trained at all; below, the student learns from the labels alone, for longer.</summary>
    public double FewestTeacherEpochs { get; init; } = 10;

    /// <summary>The same where no head tags words.</summary>
    public double FewestTeacherEpochsWithoutTags { get; init; } = 4;

    /// <summary>The same for a teacher that starts from a checkpoint: it knows much before its first epoch.</summary>
    public double FewestTeacherEpochsFromCheckpoint { get; init; } = 1;

    /// <summary>Part of the training time for pretraining; a model that begins as convolutions gains more from labels.</summary>
    public double PretrainingShare { get; init; } = 0.1;

    /// <summary>The same where no head tags words: one label an utterance says little of what words mean.</summary>
    public double PretrainingShareWithoutTags { get; init; } = 0.25;

    /// <summary>Part of the training time for the teacher; the student has the rest.</summary>
    public double TeacherShare { get; init; } = 0.35;

    /// <summary>The recipe of a training set: fewer utterances than the epochs were found for are read more often, up to as many steps.</summary>
    /// <param name="utterances">How many there are, above 0.</param>
    public RunRecipe For(int utterances)
    {
        var times = Math.Max(1, (double)LeastUtterances / utterances);
        return this with { MostPretrainingEpochs = MostPretrainingEpochs * times, MostTeacherEpochs = MostTeacherEpochs * times, MostStudentEpochs = MostStudentEpochs * times };
    }

    /// <summary>The recipe of a task: with the settings of tasks that tag no words, where it is one.</summary>
    public RunRecipe For(TaskDefinition task) => task.Heads.Any(head => head.Kind == HeadKind.Span)
        ? this
        : this with
        {
            MostTeacherEpochs = MostTeacherEpochsWithoutTags, FewestTeacherEpochs = FewestTeacherEpochsWithoutTags, PretrainingShare = PretrainingShareWithoutTags,
        };

    /// <summary>The encoder of a size that starts from nothing.</summary>
    public BertConfig Fresh(ModelSize size, int vocabularySize, int maxPositions) =>
        size.ToConfig(vocabularySize, maxPositions, Pooling, Dropout, InitializerRange) with { Activation = Activation, RelativePositions = RelativePositions };

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
        Check(RelativePositions is >= 0 and <= BertConfig.MostRelativePositions, nameof(RelativePositions), RelativePositions, $"0 to {BertConfig.MostRelativePositions}");
        problems.AddRange(Pretraining.Problems("pretraining"));
        problems.AddRange(ContinuedPretraining.Problems("continuedPretraining"));
        problems.AddRange(Teacher.Problems("teacher"));
        problems.AddRange(Student.Problems("student"));
        problems.AddRange(FromCheckpoint.Problems("fromCheckpoint"));
        problems.AddRange(EightBit.Problems("eightBit"));
        Check(EightBitEpochs is >= 0 and <= 10_000, nameof(EightBitEpochs), EightBitEpochs, "0 to 10000");
        Check(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "0 to below 1");
        problems.AddRange(FineTuning.Problems("fineTuning"));
        problems.AddRange(Distillation.Problems("distillation"));
        problems.AddRange(Data.Problems("data"));
        problems.AddRange(Augmentation.Problems("augmentation"));
        problems.AddRange(Ngrams.Problems("ngrams"));
        Check(MostPretrainingEpochs is >= 0 and <= 10_000, nameof(MostPretrainingEpochs), MostPretrainingEpochs, "0 to 10000");
        Check(FewestPretrainingEpochs is >= 0 and <= 10_000, nameof(FewestPretrainingEpochs), FewestPretrainingEpochs, "0 to 10000");
        Check(MostTeacherEpochs is > 0 and <= 10_000, nameof(MostTeacherEpochs), MostTeacherEpochs, "above 0 to 10000");
        Check(MostTeacherEpochsWithoutTags is > 0 and <= 10_000, nameof(MostTeacherEpochsWithoutTags), MostTeacherEpochsWithoutTags, "above 0 to 10000");
        Check(MostTeachers is >= 1 and <= 100, nameof(MostTeachers), MostTeachers, "1 to 100");
        Check(MostStudentEpochs is > 0 and <= 10_000, nameof(MostStudentEpochs), MostStudentEpochs, "above 0 to 10000");
        Check(FewestTeacherEpochs is >= 0 and <= 10_000, nameof(FewestTeacherEpochs), FewestTeacherEpochs, "0 to 10000");
        Check(FewestTeacherEpochsWithoutTags is >= 0 and <= 10_000, nameof(FewestTeacherEpochsWithoutTags), FewestTeacherEpochsWithoutTags, "0 to 10000");
        Check(FewestTeacherEpochsFromCheckpoint is >= 0 and <= 10_000, nameof(FewestTeacherEpochsFromCheckpoint), FewestTeacherEpochsFromCheckpoint, "0 to 10000");
        Check(PretrainingShare is >= 0 and < 1, nameof(PretrainingShare), PretrainingShare, "0 to below 1");
        Check(PretrainingShareWithoutTags is >= 0 and < 1, nameof(PretrainingShareWithoutTags), PretrainingShareWithoutTags, "0 to below 1");
        Check(
            TeacherShare >= 0 && Math.Max(PretrainingShare, PretrainingShareWithoutTags) + TeacherShare < 1, nameof(TeacherShare), TeacherShare,
            "0 or more, and below 1 together with pretrainingShare, or with pretrainingShareWithoutTags");
        return problems;
    }
}
