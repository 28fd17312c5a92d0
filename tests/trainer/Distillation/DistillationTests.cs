using Edge.Bundles.Tasks;
using Edge.Trainer.Data.Augmentation;
using Edge.Trainer.Distillation;
using Edge.Trainer.Distillation.Teachers;
using Edge.Trainer.Distillation.Terms;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;
using Edge.Trainer.Pipelines;
using Edge.Trainer.Tests.Export;
using Edge.Trainer.Training;
using Edge.Trainer.Training.FineTuning;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Distillation;

[Collection(MicroTask.Collection)]
public sealed class DistillationTests
{
    private static readonly TaskDefinition Task = new()
    {
        Heads =
        [
            new HeadDefinition { Name = "intent", Kind = HeadKind.Single, Labels = ["a", "b"] },
            new HeadDefinition { Name = "topics", Kind = HeadKind.Multi, Labels = ["p", "q"] },
            new HeadDefinition { Name = "fit", Kind = HeadKind.Score },
            new HeadDefinition { Name = "entities", Kind = HeadKind.Span, Labels = ["x"] },
        ],
    };

    [Fact]
    public void Compute_HandMadeAnswers_IsTheDivergenceTimesTSquared()
    {
        using var scope = NewDisposeScope();
        // Softened by 2: teacher softmax(1, 0) = (0.731059, 0.268941), student (0.5, 0.5).
        // KL = 0.731059 ln(0.731059/0.5) + 0.268941 ln(0.268941/0.5) = 0.110961; times 4.
        Tensor[] teacher = [Rows(2, 0).softmax(-1), full(1, 2, 0.5f), full(1, 1, 0.5f), Uniform()];
        Tensor[] student = [Rows(0, 0), zeros(1, 2), zeros(1, 1), zeros(1, 2, 3)];
        var terms = SoftLosses.Compute(Task, student, teacher, tensor(new[] { true, true }, [1, 2]), 2, 0.5).ToArray();

        Assert.Equal(["intent soft", "topics soft", "fit soft", "entities soft"], terms.Select(term => term.Name));
        Assert.Equal(4 * 0.110961, terms[0].Value.item<float>(), 1e-4);
        Assert.Equal(4 * Math.Log(2), terms[1].Value.item<float>(), 1e-4); // a coin's entropy
        Assert.Equal(0, terms[2].Value.item<float>(), 1e-6);
        Assert.All(terms, term => Assert.Equal(0.5, term.Weight));

        static Tensor Uniform() => full(1, 2, 3, 1f / 3);
    }

    [Fact]
    public void Compute_TokensThatAreNotTaught_DoNotCount()
    {
        using var scope = NewDisposeScope();
        Tensor[] teacher =
            [full(1, 2, 0.5f), full(1, 2, 0.5f), full(1, 1, 0.5f), tensor(new[] { 0, 0, 0, 0.9f, 0.1f, 0, 0, 0, 0 }, [1, 3, 3])];
        var mask = tensor(new[] { false, true, false }, [1, 3]);
        var (quiet, loud) = (zeros(1, 3, 3), tensor(new[] { 0f, 0, 0, 0, 0, 0, 9, -9, 3 }, [1, 3, 3]));

        Assert.Equal(Span(quiet), Span(loud), 1e-5f);

        float Span(Tensor logits) =>
            SoftLosses.Compute(Task, [zeros(1, 2), zeros(1, 2), zeros(1, 1), logits], teacher, mask, 1, 1).Last().Value.item<float>();
    }

    [Fact]
    public void Train_StudentWithoutLabels_LearnsFromTheTeacherAlone()
    {
        using var micro = new MicroTask();
        var dev = new DevSet(new EvaluationSet(micro.Utterances, micro.Examples));
        var options = new LoopOptions { LearningRate = 3e-3, BatchSize = 5, Evaluations = 4 };
        var teacher = micro.CreateModel();
        var taught = FineTuner.Train(
            new TrainingPhase("teacher", teacher, EpochSource.Of(micro.Examples), dev, options, new PhaseLimit(40, TimeSpan.MaxValue)), 0,
            micro.Context);

        using var teachers = new TeacherEnsemble([teacher]);
        using var student = micro.CreateModel(hidden: 32, layers: 1);
        var unlabelled = EpochSource.Of(
            [.. micro.Examples.Select(example => example with { Targets = [.. example.Targets.Select(_ => HeadTarget.None)] })]);
        var distillation = new DistillationOptions { HiddenWeight = 0.1 };
        var result = Distiller.Train(
            new TrainingPhase("student", student, unlabelled, dev, options, new PhaseLimit(100, TimeSpan.MaxValue)),
            new SoftTargets(teachers, null, new TeacherAnswerCache(0), micro.Context), distillation, 0, micro.Context);

        Assert.Equal(["intent soft", "topics soft", "urgency soft", "entities soft", "hidden"], result.Losses.Select(loss => loss.Name));
        Assert.All(result.Losses, loss => Assert.True(double.IsFinite(loss.Mean)));
        Assert.True(result.KeptScore > 0.9 * taught.KeptScore, $"{result.KeptScore} after {taught.KeptScore}");
    }

    [Fact]
    public void Problems_NothingToLearnFrom_IsSaid()
    {
        Assert.Single(new DistillationOptions { SoftWeight = 0, HardWeight = 0 }.Problems("distillation"));
        Assert.Equal(2, new DistillationOptions { Temperature = 0.5, ChangedTexts = 11 }.Problems("distillation").Count());
    }

    [Fact]
    public void AblationFiles_AllOfThem_CanBeRead()
    {
        var folder = Path.Combine(OnnxChecker.RepositoryRoot(), "docs", "lab", "ablation");
        var read = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ToLookup(file => Path.GetRelativePath(folder, Path.GetDirectoryName(file)!), RecipeFile.Read);
        var recipes = read["."].ToArray();

        Assert.Equal([false, true, true, true, true, true, true, true], recipes.Select(recipe => recipe.Distillation.NeedsTeacher));
        Assert.Equal(
            [false, false, true, true, true, true, true, true], recipes.Select(recipe => recipe.Distillation.UsesIntermediateLayers));
        Assert.Equal([false, false, false, false, false, false, true, true], recipes.Select(recipe => recipe.Ngrams.Enabled));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1], recipes.Select(recipe => recipe.Distillation.ChangedTexts));

        // One without any kind of augmentation, and one for each kind alone.
        Assert.Equal([".", "augmentation"], read.Select(group => group.Key).Order(StringComparer.Ordinal));
        Assert.Equal([0, 1, 1, 1, 1, 1, 1, 1, 1], read["augmentation"].Select(recipe => KindsOf(recipe.Augmentation)));

        static int KindsOf(AugmentationOptions options) => new[]
        {
            options.EntitySubstitution, options.Homophones, options.Fillers, options.DroppedCharacters, options.DoubledCharacters,
            options.SpokenDigits, options.LostPunctuation, options.NeutralClauses,
        }.Count(share => share > 0);
    }

    private static Tensor Rows(params float[] values) => tensor(values, [1, values.Length]);
}
