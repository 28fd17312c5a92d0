using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Cleaning;
using Edge.Trainer.Data.Reading;
using Edge.Trainer.DataCheck;
using Edge.Trainer.Distillation.Transfer;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Progress;

namespace Edge.Trainer.Pipelines;

/// <summary>Data, task and vocabulary of a run, ready for training.</summary>
internal sealed record PreparedData
{
    /// <summary>The utterances as read.</summary>
    public required DataSplits Splits { get; init; }

    /// <summary>Utterances without labels, for pretraining and for what a student asks its teacher.</summary>
    public IReadOnlyList<LabelledUtterance> Unlabelled { get; init; } = [];

    /// <summary>Heads with their final labels and the transitions of their tags.</summary>
    public required TaskDefinition Task { get; init; }

    /// <summary>Tokenizer over <see cref="Vocabulary"/>.</summary>
    public required UtteranceTokenizer Tokenizer { get; init; }

    /// <summary>The vocabulary.</summary>
    public required GivenVocabulary Vocabulary { get; init; }

    /// <summary>Encodes utterances for the task.</summary>
    public required ExampleEncoder Encoder { get; init; }

    /// <summary>What models learn from.</summary>
    public required IReadOnlyList<TrainingExample> Train { get; init; }

    /// <summary>Tokens of the longest training input.</summary>
    public int LongestTraining => Train.Max(example => example.Encoded.Length);

    /// <summary>What steers training and calibration.</summary>
    public required EvaluationSet Dev { get; init; }

    /// <summary>
    /// The part of <see cref="Dev"/> that temperatures and weights of n-grams are fitted on: what training does not have word for word, as
    /// a model is surer of that and more often right. All of it where that is most of dev: then callers say the same things again and
    /// again.
    /// </summary>
    public required EvaluationSet Calibration { get; init; }

    /// <summary>Utterances of train and dev that belong to no label of the scope's head; nothing learns from that.</summary>
    public required EvaluationSet OutOfScope { get; init; }

    /// <summary>What the figures are measured on.</summary>
    public required EvaluationSet Test { get; init; }

    /// <summary>Reads, infers and encodes everything.</summary>
    /// <param name="options">Where the data lie.</param>
    /// <param name="vocabulary">The one that a pretrained model reads; <c>null</c>: one is made from the training text.</param>
    /// <param name="limits">What a pretrained model can read; <c>null</c>: there is none.</param>
    /// <param name="preparation">What is done to the utterances first; <c>null</c>: nothing.</param>
    /// <param name="trained">
    /// The task of a trained model, instead of the options' task file. Its labels are not imposed on the data: a label that the
    /// model cannot know is a miss, not a bad row.
    /// </param>
    public static PreparedData Read(RunOptions options, GivenVocabulary? vocabulary = null, ModelLimits? limits = null,
        DataPreparation? preparation = null, TaskDefinition? trained = null)
    {
        var task = trained is not null ? trained with { Heads = [.. trained.Heads.Select(head => head with { Labels = [] })] }
            : options.TaskFile is null ? null
            : TaskFile.Read(options.TaskFile);
        var read = new DataReadOptions
        {
            Map = ColumnMap.Parse(options.Map),
            SkipBadFile = options.SkipBadFile,
            Task = task,
            Spelling = trained,
            Offsets = options.Offsets,
            Preparation = preparation ?? new DataPreparation(),
        };
        var splits = DataFolder.Read(options.Data, read);
        var fileOfLength = task is { SaysMaxLength: true } ? options.TaskFile : null;
        task = trained ?? (task is null ? TaskInference.Infer(splits.Train) : TaskInference.Complete(task, splits.Train));
        task = limits?.Fit(task, fileOfLength) ?? task;

        var notes = splits.Notes.ToList();
        notes.AddRange(UnknownLabels.Notes(task, [.. splits.Dev, .. splits.Test], "dev and test", trained is null ? "train" : "the model"));
        if (!task.UsesContext && splits.Train.Count(utterance => utterance.Context is not null) is > 0 and var unread)
            notes.Add($"{unread} training utterances have a context, which is not read: usesContext of the task is false");
        if (LengthFigures.Of(splits.Train, task.MaxLength).Warning("train", task.MaxLength) is { } cut)
            notes.Add(cut);
        var foreign = OutOfScopeRows.Of(task, splits.Train);
        splits = splits with { Train = OutOfScopeRows.Without(task, splits.Train) };
        if (OutOfScopeRows.Note(task, splits, foreign.Count) is { } outOfScope)
            notes.Add(outOfScope);
        IReadOnlyList<LabelledUtterance> unlabelled = [];
        if (options.Unlabelled is { } file)
        {
            unlabelled = UnlabelledTexts.Read(file, splits, read, out var note);
            notes.Add(note);
        }

        vocabulary ??= MakeVocabulary(splits.Train.Concat(unlabelled), read.Preparation);
        var tokenizer = vocabulary.CreateTokenizer();
        var encoder = new ExampleEncoder(tokenizer, task);
        var train = encoder.Encode(splits.Train);
        var dev = EvaluationSet.Create(splits.Dev, encoder);
        notes.AddRange(NotAnnotated(task, dev));
        return new PreparedData
        {
            Splits = splits with { Notes = notes },
            Unlabelled = unlabelled,
            Task = TagTransitionEstimate.AddTo(task, train),
            Tokenizer = tokenizer,
            Vocabulary = vocabulary,
            Encoder = encoder,
            Train = train,
            Dev = dev,
            Calibration = dev.NotIn(splits.Train),
            Test = EvaluationSet.Create(splits.Test, encoder),
            OutOfScope = EvaluationSet.Create([.. foreign, .. OutOfScopeRows.Of(task, splits.Dev)], encoder),
        };
    }

    /// <summary>Those of <see cref="Calibration"/> among the logits, or whatever it is, of <see cref="Dev"/>.</summary>
    public IReadOnlyList<T> ForCalibration<T>(IReadOnlyList<T> dev)
    {
        var of = new Dictionary<TrainingExample, T>(Dev.Examples.Zip(dev, KeyValuePair.Create), ReferenceEqualityComparer.Instance);
        return [.. Calibration.Examples.Select(example => of[example])];
    }

    /// <summary>Shows what the files are and what a person should know about the data.</summary>
    public void ShowNotes(IRunDisplay display)
    {
        foreach (var file in Splits.Files)
            display.Line(file.ToString());
        foreach (var note in Splits.Notes)
            display.Line($"note: {note}");
    }

    // What dev does not annotate cannot be calibrated, and where it annotates nothing no training can be steered.
    private static IEnumerable<string> NotAnnotated(TaskDefinition task, EvaluationSet dev)
    {
        string[] missing = [
            .. task.Heads.Where((_, head) => dev.Examples.All(example => example.Targets[head] == HeadTarget.None))
                .Select(head => head.Name)];
        if (missing.Length == task.Heads.Count)
            throw new DataException(
                $"The dev utterances annotate none of the heads ({string.Join(", ", missing)}) with a label that the training data have; " +
                "add annotations to dev, or remove its file and let dev be split off.");
        return missing.Select(head => $"Head '{head}' is not annotated in dev: it is not calibrated, and all its answers are accepted.");
    }

    private static GivenVocabulary MakeVocabulary(IEnumerable<LabelledUtterance> utterances, DataPreparation preparation)
    {
        string[] texts = [.. utterances.SelectMany(utterance => new[] { utterance.Text, utterance.Context }).OfType<string>()];
        var settings = VocabularyBuilder.SettingsFor(texts, preparation.StripAccents);
        return new GivenVocabulary("the training texts", VocabularyBuilder.Build(texts, settings), settings);
    }
}
