using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Cleaning;
using Edge.Trainer.Distillation;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Progress;
using Edge.Trainer.Training;

namespace Edge.Trainer.Running;

/// <summary>Data, task and vocabulary of a run, ready for training.</summary>
internal sealed record PreparedData
{
    /// <summary>The utterances as read.</summary>
    public required DataSplits Splits { get; init; }

    /// <summary>Utterances without labels, for pretraining and for what a student asks its teacher.</summary>
    public IReadOnlyList<LabelledUtterance> Unlabelled { get; init; } = [];

    /// <summary>Heads with their final labels and the transitions of their tags.</summary>
    public required TaskDefinition Task { get; init; }

    /// <summary>Tokenizer over the vocabulary at <see cref="VocabularyFile"/>.</summary>
    public required UtteranceTokenizer Tokenizer { get; init; }

    /// <summary>The vocabulary.</summary>
    public required string VocabularyFile { get; init; }

    /// <summary>Encodes utterances for the task.</summary>
    public required ExampleEncoder Encoder { get; init; }

    /// <summary>What models learn from.</summary>
    public required IReadOnlyList<TrainingExample> Train { get; init; }

    /// <summary>What steers training and calibration.</summary>
    public required EvaluationSet Dev { get; init; }

    /// <summary>
    /// The part of <see cref="Dev"/> that temperatures are fitted on: what training does not have word for word, as a model is surer of that and more
    /// often right. All of it where that is most of dev: then callers say the same things again and again.
    /// </summary>
    public required EvaluationSet Calibration { get; init; }

    /// <summary>What the figures are measured on.</summary>
    public required EvaluationSet Test { get; init; }

    /// <summary>Reads, infers and encodes everything.</summary>
    /// <param name="options">Where the data lie.</param>
    /// <param name="folder">Temporary folder for the vocabulary.</param>
    /// <param name="vocabulary">The one that a pretrained model reads; <c>null</c>: one is made from the training text.</param>
    /// <param name="adapt">What a pretrained model asks of the task; <c>null</c>: nothing.</param>
    /// <param name="preparation">What is done to the utterances first; <c>null</c>: nothing.</param>
    /// <param name="trained">
    /// The task of a trained model, instead of the options' task file. Its labels are not imposed on the data: a label that the
    /// model cannot know is a miss, not a bad row.
    /// </param>
    public static PreparedData Read(RunOptions options, string folder, GivenVocabulary? vocabulary = null, Func<TaskDefinition, TaskDefinition>? adapt = null,
        DataPreparation? preparation = null, TaskDefinition? trained = null)
    {
        var task = trained is not null ? trained with { Heads = [.. trained.Heads.Select(head => head with { Labels = [] })] }
            : options.TaskFile is null ? null
            : TaskFile.Read(options.TaskFile);
        var splits = DataFolder.Read(options.Data, new DataReadOptions
        {
            Map = options.Map is null ? null : ColumnMap.Parse(options.Map),
            SkipBadFile = options.SkipBadFile,
            Task = task,
            Seed = options.Seed,
            Preparation = preparation ?? new DataPreparation(),
        });
        task = trained ?? (task is null ? TaskInference.Infer(splits.Train) : TaskInference.Complete(task, splits.Train));
        task = adapt?.Invoke(task) ?? task;

        var notes = splits.Notes.ToList();
        IReadOnlyList<LabelledUtterance> unlabelled = [];
        if (options.Unlabelled is { } file)
        {
            unlabelled = UnlabelledTexts.Read(file, splits, out var note);
            notes.Add(note);
        }

        vocabulary ??= MakeVocabulary(splits.Train.Concat(unlabelled), folder);
        var tokenizer = UtteranceTokenizer.Load(vocabulary.File, vocabulary.Settings);
        var encoder = new ExampleEncoder(tokenizer, task);
        var train = encoder.Encode(splits.Train);
        var dev = EvaluationSet.Create(splits.Dev, encoder);
        return new PreparedData
        {
            Splits = splits with { Notes = notes },
            Unlabelled = unlabelled,
            Task = TagTransitionEstimate.AddTo(task, train),
            Tokenizer = tokenizer,
            VocabularyFile = vocabulary.File,
            Encoder = encoder,
            Train = train,
            Dev = dev,
            Calibration = dev.NotIn(splits.Train),
            Test = EvaluationSet.Create(splits.Test, encoder),
        };
    }

    /// <summary>Shows what a person should know about the data.</summary>
    public void ShowNotes(IRunDisplay display)
    {
        foreach (var note in Splits.Notes)
            display.Line($"note: {note}");
    }

    private static GivenVocabulary MakeVocabulary(IEnumerable<LabelledUtterance> utterances, string folder)
    {
        var vocabulary = new GivenVocabulary(Path.Combine(folder, "vocab.txt"), new TokenizerSettings());
        var texts = utterances.SelectMany(u => new[] { u.Text, u.Context }).OfType<string>();
        VocabularyBuilder.Write(vocabulary.File, VocabularyBuilder.Build(texts, vocabulary.Settings));
        return vocabulary;
    }
}
